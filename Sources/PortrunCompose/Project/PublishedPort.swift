import PortrunBase

/// The host port that an entry of `ports` publishes.
package enum PublishedPort: Sendable, Equatable {
    /// The entry names none, so Docker picks one at each start.
    case chosenByDocker
    /// One port, or a range of which Docker takes any; `text` is what the file has for it.
    case ports(PortRange, text: String)
    /// What is no number from 1 to 65535, nor a range of them: `0`, `abc`, `9-1`.
    case text(String)

    /// - Parameter text: `5432`, or `3000-3005`; nil where the entry has none.
    package init(_ text: String?) {
        guard let text else {
            self = .chosenByDocker
            return
        }
        self = PortRange(text).map { .ports($0, text: text) } ?? .text(text)
    }

    /// As written; nil when Docker chooses.
    package var text: String? {
        switch self {
        case .chosenByDocker: nil
        case .ports(_, let text), .text(let text): text
        }
    }

    /// nil when Docker chooses, and for what is no number.
    package var range: PortRange? {
        if case .ports(let range, _) = self { range } else { nil }
    }

    /// nil for a range of several too.
    package var port: Port? { range.flatMap { $0.count == 1 ? $0.first : nil } }
}
