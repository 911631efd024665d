#include "CMappedFile.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

enum { most = 64 };

// A start that is not 0 stands for a file whose end is known.
static struct {
    _Atomic uintptr_t start;
    uintptr_t end;
    volatile sig_atomic_t has_gap;
} files[most];
static atomic_int taken;
static uintptr_t page;

static void fill(int number, siginfo_t *information, void *context) {
    (void)context;
    uintptr_t address = (uintptr_t)information->si_addr / page * page;
    for (int index = 0; index < most; index++) {
        uintptr_t start = atomic_load(&files[index].start);
        if (start != 0 && address >= start && address < files[index].end &&
            mmap((void *)address, page, PROT_READ, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) !=
                MAP_FAILED) {
            files[index].has_gap = 1;
            return;
        }
    }
    // The instruction runs again, and ends the process.
    signal(number, SIG_DFL);
}

const void *mapFile(int descriptor, size_t count) {
    int index = atomic_fetch_add(&taken, 1);
    if (index >= most) {
        atomic_store(&taken, most);
        errno = EMFILE;
        return NULL;
    }
    void *address = mmap(NULL, count, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (address == MAP_FAILED) return NULL;
    page = (uintptr_t)getpagesize();
    files[index].end = (uintptr_t)address + count;
    atomic_store(&files[index].start, (uintptr_t)address);
    struct sigaction action = {.sa_sigaction = fill, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
    return address;
}

int mappedFileHasGap(const void *address) {
    for (int index = 0; index < most; index++) {
        if (atomic_load(&files[index].start) == (uintptr_t)address) return files[index].has_gap;
    }
    return 0;
}
