/// The name of a compose project: lower-case letters, digits, `_` and `-`, starting with a letter or digit.
///
/// Source: the Compose specification, `name`.
package struct ProjectName: Sendable, Equatable, CustomStringConvertible {
    package let description: String

    /// `text` made valid: lower case, every run of other characters one `-`, none at either end.
    ///
    /// nil when nothing is left, as for a label without a single ASCII letter or digit.
    package init?(madeFrom text: String) {
        var name = ""
        for scalar in text.lowercased().unicodeScalars {
            switch scalar {
            case "a"..."z", "0"..."9", "_": name.unicodeScalars.append(scalar)
            default: if !name.hasSuffix("-") { name += "-" }
            }
        }
        let trimmed = name.drop { $0 == "-" || $0 == "_" }.prefix(63)
        let end = trimmed.lastIndex { $0 != "-" }
        guard let end else { return nil }
        description = String(trimmed[...end])
    }

    /// The name for a context: its label made valid, or its hash where the label leaves nothing.
    package init(label: String, hash: String) {
        // A hash is hex digits, so something is always left of it.
        self = ProjectName(madeFrom: label) ?? ProjectName(madeFrom: hash)!
    }

    /// The name that tells two contexts apart whose labels come to the same.
    package func distinguished(by hash: String) -> ProjectName {
        ProjectName(madeFrom: "\(description.prefix(50))-\(hash)")!
    }
}
