#include "CMappedFile.h"

#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static uintptr_t start, end, page;
static volatile sig_atomic_t has_gap;

static void fill(int number, siginfo_t *information, void *context) {
    (void)context;
    uintptr_t address = (uintptr_t)information->si_addr / page * page;
    if (address >= start && address < end &&
        mmap((void *)address, page, PROT_READ, MAP_PRIVATE | MAP_ANON | MAP_FIXED, -1, 0) !=
            MAP_FAILED) {
        has_gap = 1;
    } else {
        // The instruction runs again, and ends the process.
        signal(number, SIG_DFL);
    }
}

const void *mapFile(int descriptor, size_t count) {
    void *address = mmap(NULL, count, PROT_READ, MAP_PRIVATE, descriptor, 0);
    if (address == MAP_FAILED) return NULL;
    page = (uintptr_t)getpagesize();
    start = (uintptr_t)address;
    end = start + count;
    struct sigaction action = {.sa_sigaction = fill, .sa_flags = SA_SIGINFO};
    sigemptyset(&action.sa_mask);
    sigaction(SIGBUS, &action, NULL);
    return address;
}

int mappedFileHasGap(void) { return has_gap; }
