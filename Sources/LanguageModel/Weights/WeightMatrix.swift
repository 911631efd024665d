/// A matrix of weights as it lies in a file that is mapped into memory: never copied whole.
///
/// Whoever made it keeps the memory for as long as it is used.
package struct WeightMatrix: @unchecked Sendable {
    /// Outputs of the product with a vector.
    package let rows: Int
    /// Numbers of the vector.
    package let columns: Int
    /// How each row's numbers lie.
    package let format: WeightFormat
    let start: UnsafeRawPointer

    /// A matrix of [rows][columns] at an address; nil where a row is not whole blocks, or the bytes
    /// are not as many as that takes.
    package init?(rows: Int, columns: Int, format: WeightFormat, bytes: UnsafeRawBufferPointer) {
        guard rows > 0, columns > 0, columns % format.numbersPerBlock == 0,
            let start = bytes.baseAddress,
            case (let count, let isTooMany) = rows.multipliedReportingOverflow(
                by: format.bytes(of: columns)), !isTooMany, bytes.count == count
        else { return nil }
        self.rows = rows
        self.columns = columns
        self.format = format
        self.start = start
    }

    /// Where a row begins.
    func address(ofRow row: Int) -> UnsafeRawPointer { start + row * format.bytes(of: columns) }

    /// A row's numbers in 32 bits. Cost: O(columns).
    package func row(_ row: Int) -> [Float] {
        [Float](unsafeUninitializedCapacity: columns) { numbers, count in
            format.unpack(columns, at: address(ofRow: row), to: numbers.baseAddress!)
            count = columns
        }
    }
}
