import PortrunBase

extension EnvFileVariables {
    /// The value that a program gets for a variable, with `${NAME}` and `${NAME:-default}` replaced. The environment
    /// goes before the files.
    ///
    /// python-dotenv does the same, and so do Vite and Next (dotenv-expand). dotenv alone leaves references as they
    /// are, which no program can use. Ports in the result are the declared ones.
    /// - Parameter work: what the expansions of this and other variables have cost is added to.
    /// - Returns: nil when the value depends on a variable that nobody has, and that portrun may set, or on itself; or
    ///   when libraries do not agree about it: `\${A}`, `$A`, `${A:-${B}}`.
    func expanded(_ variable: EnvFileVariable, in environment: Environment, _ work: inout Int) -> [UInt8]? {
        var size = 0
        defer { work += size }
        return expanded(variable.value, in: environment, within: [variable.name], &size)
    }

    /// Values of a few lines can stand for gigabytes, when each names the one before twice.
    private static var sizeLimit: Int { 1 << 17 }

    private func expanded(
        _ value: [UInt8], in environment: Environment, within names: [String], _ size: inout Int
    ) -> [UInt8]? {
        guard value.contains(UInt8(ascii: "$")) else { return value }
        var result: [UInt8] = []
        var index = 0
        while index < value.count {
            guard value[index] == UInt8(ascii: "$"), index + 1 < value.count else {
                result.append(value[index])
                index += 1
                continue
            }
            guard value[index + 1] == UInt8(ascii: "{") else {
                // `$1` and `$$` are themselves everywhere; `$NAME` is not.
                if Self.startsName(value[index + 1]) { return nil }
                result.append(value[index])
                index += 1
                continue
            }
            // Each reference counts as one byte: values that come out empty would otherwise never reach the limit.
            size += 1
            guard size <= Self.sizeLimit, index == 0 || value[index - 1] != UInt8(ascii: "\\"),
                let end = value[index...].firstIndex(of: UInt8(ascii: "}")),
                let part = reference(Array(value[index + 2..<end]), in: environment, within: names, &size)
            else { return nil }
            result += part
            size += part.count
            index = end + 1
        }
        return result
    }

    /// The value of the reference between the braces, `text`.
    private func reference(
        _ text: [UInt8], in environment: Environment, within names: [String], _ size: inout Int
    ) -> [UInt8]? {
        let nameEnd = text.firstIndex(of: UInt8(ascii: ":")) ?? text.count
        let name = String(decoding: text[..<nameEnd], as: UTF8.self)
        var fallback: [UInt8]?
        if nameEnd < text.count {
            guard nameEnd + 1 < text.count, text[nameEnd + 1] == UInt8(ascii: "-"),
                !text.contains(UInt8(ascii: "$"))
            else { return nil }
            fallback = Array(text[(nameEnd + 2)...])
        }
        guard Environment.isIdentifier(name), !names.contains(name), names.count < 16 else { return nil }
        if let value = environment.bytes(of: name), !value.isEmpty || fallback == nil { return Array(value) }
        if let variable = last(name), !variable.value.isEmpty || fallback == nil {
            return expanded(variable.value, in: environment, within: names + [name], &size)
        }
        return fallback
    }

    private static func startsName(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
