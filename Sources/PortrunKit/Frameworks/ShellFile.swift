import PortrunBase

/// A script for the shell in a file of the project's, such as the `bin/dev` that starts a Procfile's processes.
struct ShellFile {
    /// Absolute.
    let path: String
    let script: ShellScript
    /// What is handed to the script.
    let arguments: ArraySlice<ScriptWord>
    /// Where its text asks for that: `"$@"`, `$1`, `shift`. A function has words of its own.
    let argumentUses: Int

    /// Such scripts are short; a program that was compiled is not.
    private static let sizeLimit = 64 << 10

    private static let shells = ["sh", "bash", "dash", "zsh", "ksh", "ash"]

    /// nil where `program` is neither such a file nor a shell that is given one.
    init?(_ program: String, _ arguments: ArraySlice<ScriptWord>, in folder: String, _ look: Look) {
        var (program, rest) = (program, arguments)
        let isShell = Self.shells.contains(Path.lastName(program))
        if isShell {
            while let word = rest.first?.text, word.hasPrefix("-") || word.hasPrefix("+") { rest = rest.dropFirst() }
            guard let word = rest.first, word.isLiteral else { return nil }
            program = word.text
            rest = rest.dropFirst()
        } else if !Self.mayBe(program, in: folder) {
            return nil
        }
        path = Path.absolute(program, in: folder)
        var status = stat()
        guard stat(path, &status) == 0, status.st_size <= Self.sizeLimit, let bytes = ConfiguredPort.read(path, look)
        else { return nil }
        let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
        let isForShell = line.starts(with: "#!".utf8) && Self.shells.contains(Self.interpreter(in: line))
        guard isShell || isForShell, look.spend(bytes.count / 1024, of: .commands, in: path) else { return nil }
        let text = String(decoding: bytes, as: UTF8.self)
        script = ShellScript(text)
        argumentUses = Self.argumentUses(in: bytes)
        self.arguments = rest
    }

    /// True for a path below the folder where it is called: what is looked up in `PATH` is no file of the project's.
    static func mayBe(_ program: String, in folder: String) -> Bool {
        guard program.utf8.contains(UInt8(ascii: "/")) else { return false }
        return !program.hasPrefix("/") || program.hasPrefix(folder + "/")
    }

    private static func argumentUses(in bytes: [UInt8]) -> Int {
        var count = 0
        for index in bytes.indices.dropLast() {
            switch (bytes[index], bytes[index + 1]) {
            case (UInt8(ascii: "$"), UInt8(ascii: "1")...UInt8(ascii: "9")), (UInt8(ascii: "$"), UInt8(ascii: "@")),
                (UInt8(ascii: "$"), UInt8(ascii: "*")), (UInt8(ascii: "$"), UInt8(ascii: "#")):
                count += 1
            case (UInt8(ascii: "$"), UInt8(ascii: "{")) where index + 2 < bytes.count:
                switch bytes[index + 2] {
                case UInt8(ascii: "1")...UInt8(ascii: "9"), UInt8(ascii: "@"), UInt8(ascii: "*"), UInt8(ascii: "#"),
                    UInt8(ascii: "!"):
                    count += 1
                default: break
                }
            case (UInt8(ascii: "("), UInt8(ascii: ")")): count += 1
            default: break
            }
        }
        for word in ["shift", "getopts", "set --", "function "] where bytes.holds(Array(word.utf8)) { count += 1 }
        return count
    }

    /// `#!/usr/bin/env -S bash -e`, `#!/bin/sh`
    private static func interpreter(in line: ArraySlice<UInt8>) -> String {
        let words = line.dropFirst(2).split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }
        for word in words.map({ Path.lastName(String(decoding: $0, as: UTF8.self)) })
        where word != "env" && !word.hasPrefix("-") {
            return word
        }
        return ""
    }
}
