// What must be C: signal handlers, which may only call async-signal-safe functions, and the
// state they share with the rest.
#define _GNU_SOURCE
#include "CNcurses.h"

#if __has_include(<ncursesw/term.h>)
#include <ncursesw/term.h>
#else
#include <term.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum headroom_terminal_kind headroom_terminal_kind_of(const char *name) {
    int found = 0;
    if (setupterm(name, STDOUT_FILENO, &found) != OK) {
        // 1 stands for a terminal that prints on paper, 0 for a generic or an unknown one.
        return found == 1 ? headroom_terminal_unfit : headroom_terminal_unknown;
    }
    bool fit = headroom_capability("cup") != NULL;
    del_curterm(cur_term);
    return fit ? headroom_terminal_usable : headroom_terminal_unfit;
}

int headroom_width(uint32_t character) { return wcwidth((wchar_t)character); }

bool headroom_terminal_size(int *width, int *height) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 || size.ws_row == 0)
        return false;
    *width = size.ws_col;
    *height = size.ws_row;
    return true;
}

// ---- Output -----------------------------------------------------------------------------------

// Whether a signal has asked the program to end: from then on a terminal that does not read is not
// waited for.
static volatile sig_atomic_t end_asked;

// The terminal opened once more, so that writing to it never blocks: the flag belongs to what was
// opened, and standard output is also the shell's. -1 where it cannot be opened.
static int unblocked_output = -1;

static void open_unblocked_output(void) {
    const char *name = ttyname(STDOUT_FILENO);
    if (name != NULL && unblocked_output < 0)
        unblocked_output = open(name, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

// Also called in a crash: only async-signal-safe calls.
static void write_whole(int descriptor, const void *bytes, size_t count) {
    const char *next = bytes;
    while (count > 0) {
        ssize_t written = write(descriptor, next, count);
        if (written > 0) {
            next += written;
            count -= (size_t)written;
        } else if (written < 0 && errno == EAGAIN) {
            struct pollfd wait = {.fd = descriptor, .events = POLLOUT};
            if (poll(&wait, 1, 200) == 0 && end_asked) return;
        } else if (written == 0 || errno != EINTR) {
            return;
        }
    }
}

void headroom_write(const void *bytes, size_t count) {
    write_whole(unblocked_output < 0 ? STDOUT_FILENO : unblocked_output, bytes, count);
}

// ---- The screen -------------------------------------------------------------------------------

static int unnamed_file(void) {
#ifdef __linux__
    return memfd_create("headroom", MFD_CLOEXEC);
#else
    FILE *file = tmpfile();
    return file == NULL ? -1 : fileno(file);
#endif
}

// What ncurses takes for the terminal: a descriptor of its own, that can lead elsewhere.
static FILE *screen_output;
static int frame = -1;

SCREEN *headroom_open_screen(const char *type) {
    int descriptor = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
    screen_output = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (screen_output == NULL) return NULL;
    if (frame < 0) frame = unnamed_file();
    open_unblocked_output();
    return newterm(type, screen_output, stdin);
}

void headroom_close_screen(SCREEN *screen) {
    delscreen(screen);
    fclose(screen_output);
}

// Has ncurses write there; no other program inherits it.
static bool lead_output(int descriptor) {
#ifdef __linux__
    return dup3(descriptor, fileno(screen_output), O_CLOEXEC) >= 0;
#else
    return dup2(descriptor, fileno(screen_output)) >= 0
        && fcntl(fileno(screen_output), F_SETFD, FD_CLOEXEC) >= 0;
#endif
}

// Sends what ncurses wrote into the file.
static void send_frame(void) {
    lead_output(STDOUT_FILENO);
    off_t count = lseek(frame, 0, SEEK_CUR);
    if (count > 0) {
        void *bytes = mmap(NULL, (size_t)count, PROT_READ, MAP_SHARED, frame, 0);
        if (bytes != MAP_FAILED) {
            headroom_write(bytes, (size_t)count);
            munmap(bytes, (size_t)count);
        }
    }
    lseek(frame, 0, SEEK_SET);
}

void headroom_refresh(void) {
    // The first update after `endwin` sets the terminal's modes, which takes a terminal.
    bool framed = frame >= 0 && !isendwin() && lead_output(frame);
    wrefresh(stdscr);
    if (framed) send_frame();
}

void headroom_leave_screen(void) {
    bool framed = frame >= 0 && lead_output(frame);
    endwin();
    if (framed) send_frame();
}

// ---- Modes ------------------------------------------------------------------------------------

static struct termios saved_modes;
static bool have_saved_modes;

void headroom_save_modes(void) {
    have_saved_modes = tcgetattr(STDIN_FILENO, &saved_modes) == 0;
}

void headroom_restore_modes(void) {
    if (have_saved_modes) tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
}

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
    if (number != SIGWINCH && number != SIGCONT && number != SIGTSTP) end_asked = 1;
}

void headroom_forget_end(void) {
    end_asked = 0;
    unsigned ends = 1u << SIGTERM | 1u << SIGHUP | 1u << SIGQUIT | 1u << SIGINT;
    if (atomic_load(&pending) & ends) end_asked = 1;
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
    end_asked = 1;
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

// ---- Standard error ---------------------------------------------------------------------------

static volatile sig_atomic_t real_errors = -1;

void headroom_capture_errors(void) {
    if (real_errors >= 0 || !isatty(STDERR_FILENO)) return;
    int kept = unnamed_file();
    if (kept < 0) return;
    int real = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (real >= 0 && dup2(kept, STDERR_FILENO) >= 0) real_errors = real;
    close(kept);
}

// Also called in a crash: only async-signal-safe calls.
void headroom_release_errors(void) {
    int real = real_errors;
    if (real < 0) return;
    real_errors = -1;
    char part[1024];
    off_t offset = 0;
    ssize_t count;
    while ((count = pread(STDERR_FILENO, part, sizeof part, offset)) > 0) {
        write_whole(real, part, (size_t)count);
        offset += count;
    }
    dup2(real, STDERR_FILENO);
    close(real);
}
