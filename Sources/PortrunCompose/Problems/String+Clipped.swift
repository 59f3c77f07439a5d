import PortrunBase

extension String {
    /// At most 60 characters of what a file holds, on one line and without control characters.
    var clipped: String {
        let start = prefix(60).map {
            $0.unicodeScalars.allSatisfy { $0.value >= 32 && $0.value != 127 } ? $0 : " "
        }
        return String(start) + (start.count < count ? "…" : "")
    }
}
