import PortrunBase

extension Tool {
    /// In the order in which a client is told of them.
    static var all: [Tool] {
        [status, list, lookup, book, release, explain, discover, check, wait, doctor]
    }
}
