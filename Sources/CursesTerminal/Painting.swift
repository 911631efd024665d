import CNcurses
import TerminalCanvas

#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension CursesTerminal {
    /// Shows a canvas: compares it with the one on the screen, and sends the cells that differ.
    ///
    /// A canvas of another size than the terminal's is shown as far as it goes. Cost: O(cells).
    package func present(_ canvas: Canvas) {
        var before = shown
        if shown?.size != canvas.size {
            headroom_forget_screen()
            before = nil
        } else if isRecoloured {
            // Of the cells that are put again, ncurses sends those whose colours are others.
            headroom_erase()
            before = nil
        }
        isRecoloured = false
        let visible = Size(
            width: min(canvas.size.width, size.width), height: min(canvas.size.height, size.height))
        let other = before ?? Canvas(size: canvas.size, glyphs: canvas.glyphs)
        if visible.width > 0 {
            for row in 0..<visible.height {
                for column in differing(in: row, of: canvas, from: other)
                where column < visible.width {
                    put(canvas, column: column, row: row)
                }
            }
        }
        if let cursor = canvas.cursor, canvas.area.contains(cursor) {
            headroom_place_cursor(Int32(cursor.row), Int32(cursor.column))
        } else {
            headroom_place_cursor(-1, 0)
        }
        headroom_refresh()
        shown = canvas
        askForBackground()
    }

    /// The columns of a row whose cells differ, by their bytes: of most rows none does.
    private func differing(in row: Int, of canvas: Canvas, from other: Canvas) -> [Int] {
        let width = canvas.size.width
        return canvas.cells.withUnsafeBufferPointer { cells in
            other.cells.withUnsafeBufferPointer { others in
                let (one, two) = (
                    cells.baseAddress! + row * width, others.baseAddress! + row * width
                )
                if memcmp(one, two, width * MemoryLayout<Cell>.stride) == 0 { return [] }
                return (0..<width).filter {
                    memcmp(one + $0, two + $0, MemoryLayout<Cell>.stride) != 0
                }
            }
        }
    }

    private func put(_ canvas: Canvas, column: Int, row: Int) {
        // A wide character is one with its right half.
        let column = canvas[column, row].isContinuation ? max(0, column - 1) : column
        let isWide = column + 1 < canvas.size.width && canvas[column + 1, row].isContinuation
        let columns = isWide ? 2 : 1
        let cell = canvas[column, row]
        let (base, marks) = Self.printable(cell, columns: columns)
        let attributes = headroom_attributes(
            cell.style.attributes.contains(.bold), cell.style.attributes.contains(.underline),
            cell.style.attributes.contains(.reverse), cell.style.attributes.contains(.italic))
        let pair = pair(for: cell.style.ink)
        headroom_put(
            Int32(row), Int32(column), base, marks, marks.count, attributes, pair)
        // Where the C library's tables see a narrower character than ours, a blank fills up.
        if columns == 2, headroom_width(base) == 1 {
            headroom_put(Int32(row), Int32(column + 1), 0x20, nil, 0, attributes, pair)
        }
    }

    /// A character and its combining marks as the C library can show them: what it has no width
    /// for, or one that would move the rest of the row, becomes "?".
    private static func printable(_ cell: Cell, columns: Int) -> (UInt32, [UInt32]) {
        let base = cell.base.value
        guard (1...columns).contains(Int(headroom_width(base))) else {
            return (UInt32(UInt8(ascii: "?")), [])
        }
        // Joiners and picture forms would widen the character on some terminals only.
        let marks = cell.marks.prefix {
            $0 != "\u{FE0F}" && $0.properties.generalCategory != .format
                && headroom_width($0.value) == 0
        }
        return (base, marks.map(\.value))
    }

    private func pair(for ink: Ink) -> Int16 {
        guard let colour = scheme.colour(of: ink) else { return 0 }
        if let pair = pairs[colour] { return pair }
        // Pairs from 256 up would alias; an ink without a pair is plain.
        let next = Int16(pairs.count + 1)
        let number = hasDirectColours ? Self.directNumber(of: colour) : colour
        guard next < 256, headroom_start_pair(Int32(next), Int32(number)) else { return 0 }
        pairs[colour] = next
        return next
    }

    /// What stands for one of 256 colours where red, green and blue are given themselves: a cube of
    /// six levels each, then greys. The first eight are the palette's there, too.
    private static func directNumber(of colour: Int) -> Int {
        if colour < 16 { return colour }
        if colour >= 232 { return (8 + 10 * (colour - 232)) * 0x1_01_01 }
        let levels = [0, 95, 135, 175, 215, 255]
        let place = colour - 16
        return levels[place / 36] << 16 | levels[place / 6 % 6] << 8 | levels[place % 6]
    }
}
