// What must be C: signal handlers, which may only call async-signal-safe functions, and the
// state they share with the rest.
#define _GNU_SOURCE
#include "Shared.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

volatile sig_atomic_t headroom_end_asked;

// ---- Notices ----------------------------------------------------------------------------------

static int notice_pipe[2] = {-1, -1};

int headroom_notices(void) {
    if (notice_pipe[0] < 0) {
        if (pipe(notice_pipe) != 0) return -1;
        for (int end = 0; end < 2; end++) {
            fcntl(notice_pipe[end], F_SETFD, FD_CLOEXEC);
            // Nobody may ever block on it.
            fcntl(notice_pipe[end], F_SETFL, O_NONBLOCK);
        }
    }
    return notice_pipe[0];
}

// What has happened and is not taken yet: bit n for signal n, bit 0 for a wake-up. The pipe only
// ends a wait: what is here cannot be lost where it is full.
static atomic_uint pending;
_Static_assert(ATOMIC_INT_LOCK_FREE == 2, "signal handlers may wait for no lock");

uint32_t headroom_take_notices(void) {
    unsigned char bytes[64];
    // First, so that a byte that comes in between ends the next wait.
    while (read(notice_pipe[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes) {}
    return atomic_exchange(&pending, 0);
}

static void notice(int what) {
    unsigned bit = 1u << what;
    // Told already, and its byte is on its way.
    if (atomic_fetch_or(&pending, bit) & bit) return;
    int before = errno;
    ssize_t ignored = write(notice_pipe[1], "", 1);
    (void)ignored;
    errno = before;
}

void headroom_wake(void) { notice(0); }

static void on_signal(int number) {
    notice(number);
    // Behind the notice: see `headroom_forget_end`.
    if (number != SIGWINCH && number != SIGCONT && number != SIGTSTP) headroom_end_asked = 1;
}

void headroom_forget_end(void) {
    headroom_end_asked = 0;
    unsigned ends = 1u << SIGTERM | 1u << SIGHUP | 1u << SIGQUIT | 1u << SIGINT;
    if (atomic_load(&pending) & ends) headroom_end_asked = 1;
}

// ---- Crashes ----------------------------------------------------------------------------------

// Swift's own crash reporter asks questions and waits for answers: only for those who want it.
static bool wants_crash_report(void) { return getenv("SWIFT_BACKTRACE") != NULL; }

void headroom_let_quit(void) {
    struct sigaction now;
    sigaction(SIGQUIT, NULL, &now);
    if (now.sa_handler != SIG_IGN && !wants_crash_report()) signal(SIGQUIT, SIG_DFL);
}

static const int crash_signals[] = {SIGSEGV, SIGILL, SIGTRAP, SIGBUS, SIGABRT, SIGFPE};
static struct sigaction crash_before[COUNT(crash_signals)];
// Who handles the signal after us.
static struct sigaction crash_death[COUNT(crash_signals)];
static char crash_farewell[1024];
static volatile sig_atomic_t crash_farewell_count;
// A stack overflow has no stack left to say goodbye on.
static char crash_stack[64 * 1024];

void headroom_arm_crash(const void *farewell, size_t count) {
    crash_farewell_count = 0;
    if (count > sizeof crash_farewell) return;
    memcpy(crash_farewell, farewell, count);
    crash_farewell_count = (sig_atomic_t)count;
}

static void on_crash(int number) {
    size_t count = (size_t)crash_farewell_count;
    headroom_end_asked = 1;
    if (count > 0) {
        crash_farewell_count = 0;
        headroom_write(crash_farewell, count);
        headroom_restore_modes();
    }
    headroom_release_errors();
    // Dies of it, with the status that says so, when this returns.
    for (size_t i = 0; i < COUNT(crash_signals); i++)
        if (crash_signals[i] == number) sigaction(number, &crash_death[i], NULL);
    raise(number);
}

// ---- Signals ----------------------------------------------------------------------------------

static const int notice_signals[] = {
    SIGTERM, SIGHUP, SIGQUIT, SIGINT, SIGWINCH, SIGCONT, SIGTSTP,
};
static struct sigaction notice_before[COUNT(notice_signals)];
static struct sigaction pipe_before;
static bool signals_caught;

void headroom_catch_signals(void) {
    if (signals_caught) return;
    signals_caught = true;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigfillset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    action.sa_handler = on_signal;
    for (size_t i = 0; i < COUNT(notice_signals); i++) {
        sigaction(notice_signals[i], NULL, &notice_before[i]);
        // What the parent has us ignore stays ignored: nohup means it, and a parent without job
        // control could never continue us.
        if (notice_before[i].sa_handler == SIG_IGN) continue;
        sigaction(notice_signals[i], &action, NULL);
    }
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    sigaltstack(&stack, NULL);
    // The mask holds SIGTTOU too, so that modes can be set even from the background.
    action.sa_flags = SA_ONSTACK;
    action.sa_handler = on_crash;
    bool wants_report = wants_crash_report();
    for (size_t i = 0; i < COUNT(crash_signals); i++) {
        sigaction(crash_signals[i], &action, &crash_before[i]);
        if (wants_report) crash_death[i] = crash_before[i];
        else crash_death[i].sa_handler = SIG_DFL;
    }
    action.sa_flags = 0;
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, &pipe_before);
}

void headroom_release_signals(void) {
    if (!signals_caught) return;
    signals_caught = false;
    for (size_t i = 0; i < COUNT(notice_signals); i++)
        sigaction(notice_signals[i], &notice_before[i], NULL);
    for (size_t i = 0; i < COUNT(crash_signals); i++)
        sigaction(crash_signals[i], &crash_before[i], NULL);
    sigaction(SIGPIPE, &pipe_before, NULL);
}

void headroom_stop(bool whole_group) {
    struct sigaction stopping, ours;
    sigaction(SIGTSTP, NULL, &ours);
    if (ours.sa_handler == SIG_IGN) return;
    memset(&stopping, 0, sizeof stopping);
    stopping.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &stopping, NULL);
    kill(whole_group ? 0 : getpid(), SIGTSTP);
    sigaction(SIGTSTP, &ours, NULL);
}

void headroom_die_of(int number) {
    sigset_t only;
    sigemptyset(&only);
    sigaddset(&only, number);
    signal(number, SIG_DFL);
    pthread_sigmask(SIG_UNBLOCK, &only, NULL);
    raise(number);
}
