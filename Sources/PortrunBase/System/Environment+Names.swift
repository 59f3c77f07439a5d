extension Environment {
    /// True for a name that every shell accepts: letters, digits and `_`, not starting with a digit.
    package static func isIdentifier(_ name: String) -> Bool {
        guard let first = name.utf8.first, !(48...57).contains(first) else { return false }
        return name.utf8.allSatisfy(isPart)
    }

    /// True for a byte that may stand in such a name.
    package static func isPart(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 95, 97...122: true
        default: false
        }
    }
}
