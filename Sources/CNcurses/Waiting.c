// Waiting for descriptors, also in a crash: only async-signal-safe calls.
#include "Shared.h"

#ifdef __APPLE__
#include <sys/select.h>

// poll(2) there does not know /dev/tty, which standard input may be; select(2) does.
static uint32_t ready(const int *descriptors, int count, bool writing, int milliseconds) {
    fd_set set;
    FD_ZERO(&set);
    int highest = -1;
    for (int i = 0; i < count; i++) {
        int descriptor = descriptors[i];
        if (descriptor < 0 || descriptor >= FD_SETSIZE) continue;
        FD_SET(descriptor, &set);
        if (descriptor > highest) highest = descriptor;
    }
    struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
    int found = select(
        highest + 1, writing ? NULL : &set, writing ? &set : NULL, NULL,
        milliseconds < 0 ? NULL : &time);
    uint32_t result = 0;
    for (int i = 0; i < count && found > 0; i++) {
        int descriptor = descriptors[i];
        bool is_known = descriptor >= 0 && descriptor < FD_SETSIZE;
        if (is_known && FD_ISSET(descriptor, &set)) result |= (uint32_t)1 << i;
    }
    return result;
}
#else
#include <poll.h>

static uint32_t ready(const int *descriptors, int count, bool writing, int milliseconds) {
    struct pollfd watched[32];
    for (int i = 0; i < count; i++) {
        watched[i] = (struct pollfd){.fd = descriptors[i], .events = writing ? POLLOUT : POLLIN};
    }
    int found = poll(watched, (nfds_t)count, milliseconds);
    uint32_t result = 0;
    for (int i = 0; i < count && found > 0; i++) {
        if (watched[i].revents != 0) result |= (uint32_t)1 << i;
    }
    return result;
}
#endif

uint32_t headroom_wait_to_read(const int *descriptors, int count, int milliseconds) {
    return ready(descriptors, count < 32 ? count : 32, false, milliseconds);
}

bool headroom_wait_to_write(int descriptor, int milliseconds) {
    return ready(&descriptor, 1, true, milliseconds) != 0;
}
