import PortrunBase

/// Backslash escapes between the double quotes of an env file.
enum DotenvEscapes {
    /// `text` with `\n`, `\t` and their kin replaced, `\0ddd` read as octal and `\$` as `$$`; any other backslash stays.
    static func replaced(in text: [UInt8]) -> String {
        var result: [UInt8] = []
        var index = 0
        while index < text.count {
            guard text[index] == UInt8(ascii: "\\"), index + 1 < text.count else {
                result.append(text[index])
                index += 1
                continue
            }
            let letter = text[index + 1]
            index += 2
            if let plain = single[letter] {
                result += plain
            } else if letter == UInt8(ascii: "0") {
                let digits = text[index...].prefix(3).prefix {
                    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                }
                index += digits.count
                if digits.count == 3, let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8) {
                    result.append(value)
                } else {
                    // Too short or too large a number loses its 0, as in the reference.
                    result += [UInt8(ascii: "\\")] + digits
                }
            } else {
                result += [UInt8(ascii: "\\"), letter]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    private static let single: [UInt8: [UInt8]] = [
        UInt8(ascii: "a"): [7], UInt8(ascii: "b"): [8], UInt8(ascii: "f"): [12], UInt8(ascii: "n"): [10],
        UInt8(ascii: "r"): [13], UInt8(ascii: "t"): [9], UInt8(ascii: "v"): [11],
        UInt8(ascii: "\\"): [UInt8(ascii: "\\")], UInt8(ascii: "\""): [UInt8(ascii: "\"")],
        // The variables of the result are expanded next, which turns `$$` into `$`.
        UInt8(ascii: "$"): [UInt8(ascii: "$"), UInt8(ascii: "$")],
    ]
}
