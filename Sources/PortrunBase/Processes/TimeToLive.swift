/// How long a lease without a process lasts: 1 second to 10 years.
package struct TimeToLive: Sendable, Equatable {
    package let seconds: Int64

    private static let limit: Int64 = 10 * 366 * 86_400

    /// nil for anything but 1 to the limit.
    package init?(_ seconds: Int64) {
        guard (1...Self.limit).contains(seconds) else { return nil }
        self.seconds = seconds
    }

    /// The seconds that `text` spells in ASCII digits alone: no sign, no leading zero.
    package init?(_ text: String) {
        guard text.utf8.first != UInt8(ascii: "0"),
            text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }), let seconds = Int64(text)
        else { return nil }
        self.init(seconds)
    }
}
