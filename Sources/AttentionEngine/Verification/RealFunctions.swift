#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
func cosine(_ angle: Double) -> Double { cos(angle) }
func sine(_ angle: Double) -> Double { sin(angle) }
func exponential(_ x: Double) -> Double { exp(x) }
/// The natural logarithm.
package func logarithm(_ x: Double) -> Double { log(x) }
func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }

/// In four sums, which processors add side by side.
func dot(_ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, _ count: Int) -> Double {
    var (first, second, third, fourth) = (0.0, 0.0, 0.0, 0.0)
    var index = 0
    while index + 4 <= count {
        first += a[index] * b[index]
        second += a[index + 1] * b[index + 1]
        third += a[index + 2] * b[index + 2]
        fourth += a[index + 3] * b[index + 3]
        index += 4
    }
    while index < count {
        first += a[index] * b[index]
        index += 1
    }
    return first + second + (third + fourth)
}

/// [rows, inner] by the transpose of [columns, inner]: [rows, columns].
func product(_ a: [Double], _ b: [Double], inner: Int) -> [Double] {
    let (rows, columns) = (a.count / inner, b.count / inner)
    return [Double](unsafeUninitializedCapacity: rows * columns) { out, count in
        count = rows * columns
        a.withUnsafeBufferPointer { a in
            b.withUnsafeBufferPointer { b in
                guard let a = a.baseAddress, let b = b.baseAddress else { return }
                for row in 0..<rows {
                    for column in 0..<columns {
                        out[row * columns + column] = dot(
                            a + row * inner, b + column * inner, inner)
                    }
                }
            }
        }
    }
}
