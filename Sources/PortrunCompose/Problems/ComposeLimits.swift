import PortrunBase

/// What a project may ask for at most: more is an attack, or a mistake.
enum ComposeLimits {
    /// How deep YAML may be nested.
    static let depth = 200
    /// The values of one file, with aliases written out.
    static let nodes = 400_000
    /// The files that are loaded, the same one several times included.
    static let files = 1000
    /// The services in a chain of `extends`.
    static let extendsChain = 100
    /// The values that `extends` copies in all.
    static let extendedNodes = 1_000_000
    /// The bytes that the variables of one file write out, so that values of values do not grow without end.
    static let expansion = 16 << 20
    /// The published ports in all, with ranges written out.
    static let ports = 200_000
    /// The entries of `ports` in all. Each is booked for itself, where a range is booked as one.
    static let portEntries = 10_000
}
