import PortrunBase

/// What a project may ask for at most, beside what a look takes: more is an attack, or a mistake.
enum ComposeLimits {
    /// How deep YAML may be nested.
    static let depth = 200
    /// The lines of a file that may be directives such as `%YAML 1.1`.
    static let directives = 1000
    /// The services in a chain of `extends`.
    static let extendsChain = 100
    /// The bytes that one value writes out with its variables.
    static let expansion = 8 << 20
    /// The entries of `ports` in all. Each is booked for itself, where a range is booked as one.
    static let portEntries = 1000
}
