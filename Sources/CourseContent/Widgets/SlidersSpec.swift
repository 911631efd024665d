/// The sliders of a step, as a lesson asks for them.
package struct SlidersSpec: Hashable, Sendable {
    /// The sliders from above, no parameter twice.
    package var sliders: [Slider]

    /// A panel of sliders.
    package init(sliders: [Slider] = []) { self.sliders = sliders }
}
