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

// Signals are counted from 1. Where there are more than this, they are left alone.
enum { signal_count = NSIG - 1 < 64 ? NSIG - 1 : 64 };

// What was done on a signal before it was ours, and whether it is now.
static struct sigaction before[signal_count + 1];
static bool is_caught[signal_count + 1];

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

static uint64_t bit(int number) { return (uint64_t)1 << (number - 1); }

// What has happened and is not taken yet. The pipe only ends a wait: what is here cannot be lost
// where it is full.
static _Atomic uint64_t pending;
_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "signal handlers may wait for no lock");

uint64_t headroom_take_notices(void) {
    unsigned char bytes[64];
    // First, so that a byte that comes in between ends the next wait.
    while (read(notice_pipe[0], bytes, sizeof bytes) == (ssize_t)sizeof bytes) {}
    return atomic_exchange(&pending, 0);
}

static void notice(int number) {
    // Told already, and its byte is on its way.
    if (atomic_fetch_or(&pending, bit(number)) & bit(number)) return;
    int error = errno;
    ssize_t ignored = write(notice_pipe[1], "", 1);
    (void)ignored;
    errno = error;
}

void headroom_wake(void) { notice(SIGKILL); }

// ---- What a signal is to us ----------------------------------------------------------------

enum role { role_left, role_end, role_notice, role_crash, role_ignored };

// By what it does by default. Most signals end a process, those without a name too.
static enum role role_of(int number) {
    switch (number) {
    case SIGWINCH: case SIGCONT: case SIGTSTP: return role_notice;
    case SIGSEGV: case SIGILL: case SIGTRAP: case SIGBUS: case SIGABRT: case SIGFPE: case SIGSYS:
#ifdef SIGEMT
    case SIGEMT:
#endif
        return role_crash;
    case SIGPIPE: return role_ignored;
    case SIGKILL: case SIGSTOP: case SIGTTIN: case SIGTTOU: case SIGCHLD: case SIGURG:
#ifndef __linux__
    case SIGIO:
#endif
#ifdef SIGINFO
    case SIGINFO:
#endif
        return role_left;
    default: return role_end;
    }
}

static void on_signal(int number) {
    notice(number);
    // Behind the notice: see `headroom_forget_end`.
    if (role_of(number) == role_end) headroom_end_asked = 1;
}

void headroom_forget_end(void) {
    headroom_end_asked = 0;
    uint64_t told = atomic_load(&pending);
    for (int number = 1; number <= signal_count; number++)
        if (told & bit(number) && role_of(number) == role_end) headroom_end_asked = 1;
}

// ---- Crashes ----------------------------------------------------------------------------------

// Swift's own crash reporter asks questions and waits for answers: only for those who want it.
static bool wants_crash_report(void) { return getenv("SWIFT_BACKTRACE") != NULL; }
static bool wants_report;

void headroom_settle_signals(void) {
    struct sigaction now;
    sigaction(SIGQUIT, NULL, &now);
    if (now.sa_handler != SIG_IGN && !wants_crash_report()) signal(SIGQUIT, SIG_DFL);
    signal(SIGXFSZ, SIG_IGN);
}

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

static void on_crash(int number, siginfo_t *information, void *context) {
    (void)context;
    // What the parent has us ignore stays ignored, unless it is our own doing.
    bool is_ignored = before[number].sa_handler == SIG_IGN;
    if (is_ignored && information->si_code <= 0 && information->si_pid != getpid()) return;
    size_t count = (size_t)crash_farewell_count;
    headroom_end_asked = 1;
    if (count > 0) {
        crash_farewell_count = 0;
        headroom_write(crash_farewell, count);
        headroom_restore_modes();
    }
    headroom_release_errors();
    // Dies of it, with the status that says so, when this returns.
    if (wants_report && !is_ignored) sigaction(number, &before[number], NULL);
    else signal(number, SIG_DFL);
    raise(number);
}

// ---- Signals ----------------------------------------------------------------------------------

static void catch_signal(int number) {
    enum role role = role_of(number);
    // The C library keeps some for itself.
    if (role == role_left || sigaction(number, NULL, &before[number]) != 0) return;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    // It holds SIGTTOU too, so that a crash can set modes even from the background.
    sigfillset(&action.sa_mask);
    if (role == role_crash) {
        action.sa_flags = SA_ONSTACK | SA_SIGINFO;
        action.sa_sigaction = on_crash;
    } else if (role == role_ignored) {
        action.sa_handler = SIG_IGN;
    } else {
        // What the parent has us ignore stays ignored: nohup means it, and a parent without job
        // control could never continue us. Whoever handles a signal keeps it from ending us; but
        // for Swift, SIGQUIT is a crash.
        void (*handler)(int) = before[number].sa_handler;
        if (handler == SIG_IGN) return;
        if (role == role_end && handler != SIG_DFL && number != SIGQUIT) return;
        action.sa_flags = SA_RESTART;
        action.sa_handler = on_signal;
    }
    is_caught[number] = sigaction(number, &action, NULL) == 0;
}

static bool signals_caught;

void headroom_catch_signals(void) {
    if (signals_caught) return;
    signals_caught = true;
    wants_report = wants_crash_report();
    stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
    sigaltstack(&stack, NULL);
    for (int number = 1; number <= signal_count; number++) catch_signal(number);
}

void headroom_release_signals(void) {
    if (!signals_caught) return;
    signals_caught = false;
    for (int number = 1; number <= signal_count; number++) {
        if (is_caught[number]) sigaction(number, &before[number], NULL);
        is_caught[number] = false;
    }
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
