// The screen, its modes and standard error, where a crash must reach them, too.
#define _GNU_SOURCE
#include "Shared.h"

#if __has_include(<ncursesw/term.h>)
#include <ncursesw/term.h>
#else
#include <term.h>
#endif
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <termios.h>
#include <unistd.h>

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

int headroom_terminal_colours_of(const char *name) {
    int found = 0;
    if (setupterm(name, STDOUT_FILENO, &found) != OK)
        return 0;
    int colours = tigetnum("colors");
    del_curterm(cur_term);
    return colours > 0 ? colours : 0;
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
            if (!headroom_wait_to_write(descriptor, 200) && headroom_end_asked) return;
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

// Whether a whole picture may be written into the file: each cell with its place, its style and
// its character.
static bool frame_has_room(void) {
    struct rlimit size;
    return getrlimit(RLIMIT_FSIZE, &size) == 0
        && size.rlim_cur >= (rlim_t)getmaxy(stdscr) * (rlim_t)getmaxx(stdscr) * 128 + 4096;
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
    bool framed = frame >= 0 && !isendwin() && frame_has_room() && lead_output(frame);
    wrefresh(stdscr);
    if (framed) send_frame();
}

void headroom_leave_screen(void) {
    bool framed = frame >= 0 && frame_has_room() && lead_output(frame);
    endwin();
    if (framed) send_frame();
}

// ---- Modes ------------------------------------------------------------------------------------

static struct termios saved_modes;
static bool have_saved_modes;

// In the background the modes are another's: those of a shell that reads a line. A process that
// cannot be stopped, or whom nobody could continue, does not wait.
static void await_foreground(void) {
    for (int tries = 0; tries < 100; tries++) {
        pid_t front = tcgetpgrp(STDIN_FILENO);
        if (front < 0 || front == getpgrp()) return;
        kill(0, SIGTTOU);
    }
}

void headroom_save_modes(void) {
    await_foreground();
    have_saved_modes = tcgetattr(STDIN_FILENO, &saved_modes) == 0;
}

void headroom_restore_modes(void) {
    if (have_saved_modes) tcsetattr(STDIN_FILENO, TCSANOW, &saved_modes);
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
