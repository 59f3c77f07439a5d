/// Text for a terminal, without what a terminal obeys. Names of a project may hold anything.
package enum TerminalText {
    /// True for control characters (C0, DEL, C1), for those that turn the direction of text around (Unicode Standard
    /// Annex 9, section 2), for separators of lines and paragraphs, and for what is not seen, so that two names look
    /// alike: `Default_Ignorable_Code_Point` (DerivedCoreProperties.txt of Unicode 16), the marks of interlinear
    /// annotations, those that only arrange hieroglyphs, and the signs that are blank.
    package static func obeys(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0..<0x20, 0x7F...0x9F, 0xAD, 0x34F, 0x61C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F, 0x2800, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
            0xFFF0...0xFFFB, 0x13430...0x13440, 0x1BCA0...0x1BCA3, 0x1D159, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            true
        case _: false
        }
    }

    /// `text` with a `?` for each of them; line breaks too.
    package static func onOneLine(_ text: String) -> String { replacing(in: text) { _ in false } }

    /// Likewise, but for tabs.
    package static func row(_ text: String) -> String { replacing(in: text) { $0 == "\t" } }

    /// Likewise, but for tabs and line breaks.
    package static func lines(_ text: String) -> String { replacing(in: text) { $0 == "\t" || $0 == "\n" } }

    /// The start of `text`, where it has more than `limit` characters.
    package static func cut(_ text: String, to limit: Int) -> String {
        text.utf8.count > limit && text.count > limit ? text.prefix(limit) + "…" : text
    }

    private static func replacing(in text: String, except isKept: (Unicode.Scalar) -> Bool) -> String {
        // Mostly there is nothing to do, in long lists too.
        var text = text
        let hasOther = text.withUTF8 { bytes in
            for byte in bytes where byte >= 0x7F || byte < 0x20 && !isKept(Unicode.Scalar(byte)) { return true }
            return false
        }
        guard hasOther else { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            result.unicodeScalars.append(obeys(scalar) && !isKept(scalar) ? "?" : scalar)
        }
        return result
    }
}
