/// Files in memory that may become shorter while they are read. In C, since a handler of signals
/// may run nothing that takes a lock or memory, and of Swift nobody promises that.
#ifndef HEADROOM_CMAPPEDFILE_H
#define HEADROOM_CMAPPEDFILE_H

#include <stddef.h>

/// Maps so many bytes of an open file for reading, for as long as the process runs; NULL where that
/// fails, and errno says why. From then on what the file no longer has reads as zeros, where
/// otherwise SIGBUS would end the process. 64 files in a process.
const void *mapFile(int descriptor, size_t count);

/// Whether zeros were read in place of bytes that the file mapped there no longer had.
int mappedFileHasGap(const void *address);

#endif
