import PortrunBase
import PortrunCompose
import PortrunKit
import PortrunLaunch
import PortrunRegistry

/// The room that text takes on a terminal, where East Asian characters and emoji are two columns wide.
enum CellWidth {
    /// The width in columns.
    static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The start of `text` that fits in `columns`; `…` is its last character when something is cut off.
    static func prefix(of text: String, _ columns: Int) -> String {
        guard of(text) > columns else { return text }
        var start = ""
        var width = 1
        for character in text {
            width += of(character)
            guard width <= columns else { break }
            start.append(character)
        }
        return columns > 0 ? start + "…" : ""
    }

    private static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        return wide.contains { $0.contains(first.value) } ? 2 : 1
    }

    /// Blocks of the wide and full-width characters: Unicode Standard Annex 11. Single signs among others are left out.
    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
        0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
        0x20000...0x3FFFD,
    ]
}
