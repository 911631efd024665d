#pragma once

/// How many arguments the process was started with, its own name among them; 0 where only the
/// system's files tell.
int argumentCount(void);

/// The argument of an index below `argumentCount`.
const char *argumentAt(int index);
