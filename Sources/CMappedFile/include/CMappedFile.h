/// A file in memory that may become shorter while it is read. In C, since a handler of signals may
/// run nothing that takes a lock or memory, and of Swift nobody promises that.
#ifndef HEADROOM_CMAPPEDFILE_H
#define HEADROOM_CMAPPEDFILE_H

#include <stddef.h>

/// Maps so many bytes of an open file for reading; NULL where that fails, and errno says why. From
/// then on what the file no longer has reads as zeros, where otherwise SIGBUS would end the
/// process. One file in a process.
const void *mapFile(int descriptor, size_t count);

/// Whether zeros were read in place of bytes that the file no longer had.
int mappedFileHasGap(void);

#endif
