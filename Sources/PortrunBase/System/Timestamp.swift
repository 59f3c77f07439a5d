/// A moment, to the second.
package struct Timestamp {
    private let seconds: Int64

    /// - Parameter seconds: since 1970, UTC.
    package init(_ seconds: Int64) { self.seconds = seconds }

    /// The day, in UTC: `2026-11-21`.
    package var date: String { String(text.prefix(10)) }

    /// As RFC 3339 has it, in UTC: `2026-11-21T08:55:22Z`.
    package var text: String {
        var time = time_t(seconds)
        var parts = tm()
        gmtime_r(&time, &parts)
        let numbers = [
            parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec,
        ]
        let format: StaticString = "0000-00-00T00:00:00Z"
        return String(unsafeUninitializedCapacity: format.utf8CodeUnitCount) { text in
            _ = text.initialize(from: UnsafeBufferPointer(start: format.utf8Start, count: format.utf8CodeUnitCount))
            for (number, end) in zip(numbers, [4, 7, 10, 13, 16, 19]) {
                var (rest, place) = (number, end)
                while rest > 0, place > 0 {
                    place -= 1
                    text[place] += UInt8(rest % 10)
                    rest /= 10
                }
            }
            return format.utf8CodeUnitCount
        }
    }
}
