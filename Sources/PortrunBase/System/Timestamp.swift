/// A moment, to the second.
package struct Timestamp {
    private let seconds: Int64

    /// - Parameter seconds: since 1970, UTC.
    package init(_ seconds: Int64) { self.seconds = seconds }

    /// As RFC 3339 has it, in UTC: `2026-11-21T08:55:22Z`.
    package var text: String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        func digits(_ number: Int32, _ count: Int) -> String {
            let text = String(number)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        return digits(parts.tm_year + 1900, 4) + "-" + digits(parts.tm_mon + 1, 2) + "-" + digits(parts.tm_mday, 2)
            + "T" + digits(parts.tm_hour, 2) + ":" + digits(parts.tm_min, 2) + ":" + digits(parts.tm_sec, 2) + "Z"
    }
}
