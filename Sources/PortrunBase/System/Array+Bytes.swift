extension [UInt8] {
    /// True where `word` stands anywhere in it.
    ///
    /// - Parameter word: short, and not empty.
    package func holds(_ word: [UInt8]) -> Bool {
        var start = startIndex
        while let index = self[start...].firstIndex(of: word[0]) {
            if self[index...].starts(with: word) { return true }
            start = index + 1
        }
        return false
    }
}
