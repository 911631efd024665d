/// A picture of a few bars that are as many rows high as there is room for.
protocol ThickWidget: Widget {
    /// The rows of a bar at the most.
    var mostThickness: Int { get }

    /// The rows where each bar takes some.
    func rows(thickness: Int) -> Int
}

extension ThickWidget {
    /// Thin bars may do without a blank row.
    var heights: ClosedRange<Int> { rows(thickness: 1) - 1...rows(thickness: mostThickness) }

    var comfortable: Int { rows(thickness: 1) }

    func height(within available: Int) -> Int {
        min(available, rows(thickness: thickness(within: available)))
    }

    /// The thickest bars that so many rows hold.
    func thickness(within available: Int) -> Int {
        (1...mostThickness).last { rows(thickness: $0) <= available } ?? 1
    }
}
