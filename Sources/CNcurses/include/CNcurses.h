#ifndef CNCURSES_H
#define CNCURSES_H

// The wide-character half of ncurses is declared only where one of these asks for it.
#ifndef NCURSES_WIDECHAR
#define NCURSES_WIDECHAR 1
#endif
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif

#if __has_include(<ncursesw/curses.h>)
#include <ncursesw/curses.h>
#else
#include <curses.h>
#endif
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <wchar.h>

// ---- What Swift cannot reach by itself -------------------------------------------------------

// `stdscr` is a mutable global, which Swift 6 does not let anyone touch.
static inline void headroom_configure_screen(void) {
    raw();
    noecho();
    nonl();
    // An update is always sent whole: whether to skip one is decided by the event loop.
    typeahead(-1);
}

// `erase` is a macro around `stdscr`; `clearok` needs `curscr`.
static inline void headroom_erase(void) { werase(stdscr); }

static inline void headroom_forget_screen(void) {
    headroom_erase();
    clearok(curscr, TRUE);
}

// `COLORS` is a mutable global; it is 0 where the terminal has no colours. Where a description has
// "RGB", numbers from 8 up (or 16, or 256) are no places in a palette but red, green and blue.
static inline int headroom_start_colours(void) {
    if (!has_colors() || start_color() == ERR || use_default_colors() == ERR) return 0;
    return COLORS;
}

static inline bool headroom_has_direct_colours(void) {
    const char *bits = tigetstr((char *)"RGB");
    return tigetflag((char *)"RGB") > 0 || tigetnum((char *)"RGB") > 0
        || (bits != NULL && bits != (const char *)-1);
}

// Whether a description says that its terminal takes xterm's own sequences for what they are.
static inline bool headroom_has_xterm_sequences(void) { return tigetflag((char *)"XT") > 0; }

// `init_pair` takes numbers of 15 bits only. Since ncurses 6.1, which has more, the macro is a day
// and not 1.
static inline bool headroom_start_pair(int pair, int colour) {
#if defined(NCURSES_EXT_COLORS) && NCURSES_EXT_COLORS > 1
    return init_extended_pair(pair, colour, -1) == OK;
#else
    return colour < 256 && init_pair((short)pair, (short)colour, -1) == OK;
#endif
}

// The `A_` macros have casts in them, which Swift does not import.
static inline uint32_t headroom_attributes(bool bold, bool underline, bool reverse, bool italic) {
    attr_t attributes = A_NORMAL;
    if (bold) attributes |= A_BOLD;
    if (underline) attributes |= A_UNDERLINE;
    if (reverse) attributes |= A_REVERSE;
#ifdef A_ITALIC
    if (italic) attributes |= A_ITALIC;
#else
    (void)italic;
#endif
    return (uint32_t)attributes;
}

// `cchar_t` is opaque, and `mvwadd_wchnstr` is a macro. `marks` are what combines with
// the character, up to four. Unlike `add_wch` this neither moves the cursor nor fails in
// the last cell of the screen.
static inline void headroom_put(
    int row, int column, uint32_t character, const uint32_t *marks, size_t count,
    uint32_t attributes, short pair) {
    wchar_t text[6] = {(wchar_t)character};
    for (size_t i = 0; i < count && i < 4; i++) text[i + 1] = (wchar_t)marks[i];
    cchar_t cell;
    if (setcchar(&cell, text, (attr_t)attributes, pair, NULL) == OK)
        (void)mvwadd_wchnstr(stdscr, row, column, &cell, 1);
}

// `move` and `leaveok` are macros around `stdscr`. A negative row hides the cursor and lets it
// rest wherever the update ends, which saves moving it.
static inline void headroom_place_cursor(int row, int column) {
    if (row < 0) {
        curs_set(0);
        leaveok(stdscr, TRUE);
    } else {
        leaveok(stdscr, FALSE);
        wmove(stdscr, row, column);
        curs_set(1);
    }
}

// `tigetstr` says "no such name" with a pointer of -1. The string lives as long as the screen.
static inline const char *headroom_capability(const char *name) {
    const char *value = tigetstr((char *)name);
    return value == (const char *)-1 ? NULL : value;
}

// ---- What is in the C files -------------------------------------------------------------------

enum headroom_terminal_kind {
    headroom_terminal_usable,
    headroom_terminal_unknown,
    headroom_terminal_unfit,
};

/// Looks $TERM up without writing anything: `newterm` would already have cleared the screen of a
/// terminal that cannot place its cursor.
enum headroom_terminal_kind headroom_terminal_kind_of(const char *name);

/// The colours of a terminal by its description; 0 of one that has none or is not known.
int headroom_terminal_colours_of(const char *name);

/// The columns of a character by the C library's tables, which ncurses goes by; -1 for one it does
/// not know. `wcwidth` does not come through Swift's module for the C library.
int headroom_width(uint32_t character);

/// The terminal's size now, asked of the terminal; false where it does not know.
bool headroom_terminal_size(int *width, int *height);

/// `newterm` on standard input and output; NULL where there is no screen to be had.
SCREEN *headroom_open_screen(const char *type);
/// To be called after `endwin`.
void headroom_close_screen(SCREEN *screen);

/// Sends what changed in `stdscr` in a single write.
///
/// ncurses itself writes at every move of its cursor, some hundred times for a busy screen: each
/// write wakes the terminal, which shows half-drawn pictures and answers late. So it writes into
/// a file in memory, and the terminal gets the whole; but for a limit on the size of files, which
/// counts there too.
void headroom_refresh(void);

/// `endwin`, its bytes sent like those of an update; the terminal's modes are left to
/// `headroom_restore_modes`.
void headroom_leave_screen(void);

/// Writes all of it to the terminal. Gives up when the terminal is gone, or when it does not read
/// and a signal has asked the program to end.
void headroom_write(const void *bytes, size_t count);

/// Waits until something can be read from one of some descriptors, or for so many milliseconds, or
/// without an end where they are negative. Bit i of the result stands for the descriptor i, also
/// where reading from it would fail; none is set where the time is over or a signal came.
uint32_t headroom_wait_to_read(const int *descriptors, int count, int milliseconds);

/// The same for writing to one: whether it can be written to.
bool headroom_wait_to_write(int descriptor, int milliseconds);

/// Remembers the terminal's modes, for `headroom_restore_modes` and for crashes; in the background
/// the process is stopped until it is in the foreground.
void headroom_save_modes(void);
void headroom_restore_modes(void);

/// The end of a pipe where a byte arrives when there are notices to take; -1 where no pipe can be
/// had. The pipe stays for the life of the process, so that a late wake-up never meets another
/// file.
int headroom_notices(void);

/// What has happened since this was called last, however often: bit n - 1 stands for signal n, and
/// that of SIGKILL, which nobody can catch, for a wake-up.
uint64_t headroom_take_notices(void);

/// Makes the event loop return; for any thread and any number of times.
void headroom_wake(void);

/// Turns the signals that end, stop, continue and resize a program into notices, but for those
/// of a crash, and ignores SIGPIPE; `headroom_release_signals` puts back what was before.
void headroom_catch_signals(void);
void headroom_release_signals(void);

/// SIGQUIT ends the process, as it does any other, and is no crash that Swift reports. A limit on
/// the size of files is a write that fails, and not the end of the process.
void headroom_settle_signals(void);

/// Takes back that a signal has asked the program to end, unless the notice of one is there.
void headroom_forget_end(void);

/// Ends the process by a signal, so that whoever waits for it learns that it did not end by itself.
/// To be called after `headroom_release_signals`.
void headroom_die_of(int number);

/// What a crash writes to the terminal before the process dies of it as it would have anyway.
/// Empty while the terminal is not ours.
void headroom_arm_crash(const void *farewell, size_t count);

/// Stops the process (or all of its process group), and returns when it is continued; at once
/// where nobody could continue it.
void headroom_stop(bool whole_group);

/// From here on what is written to standard error is kept, if that is a terminal; the release
/// writes it out.
void headroom_capture_errors(void);
void headroom_release_errors(void);

#endif
