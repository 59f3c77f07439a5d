import TestSupport
import Testing

@testable import PortrunBase

/// What the shells that are here hold for their own, the gate refuses.
struct ShellNamesTests {
    /// Each prints the names that the shell sets, keeps read-only or computes with, one a line.
    static let questions: [[String]] = [
        [
            "zsh", "-f", "-c",
            """
            for file in $module_path[1]/zsh/**/*.so(N:r); do
                [[ $file = */example ]] || zmodload ${file#$module_path[1]/} 2>/dev/null
            done
            zmodload zsh/parameter
            for name kind in ${(kv)parameters}; do
                [[ $kind = *(special|readonly|integer|float)* ]] && print -r -- $name
            done
            """,
        ],
        [
            "fish", "--no-config", "-c",
            "for name in (set --names | string match -v file); set -g $name x 2>/dev/null; or echo $name; end",
        ],
        ["bash", "--norc", "--noprofile", "-c", "compgen -v"],
    ]

    @Test(arguments: questions) func theGateRefuses(_ question: [String]) {
        let environment = Environment(["PATH": Environment.ofTests["PATH"] ?? "/usr/bin:/bin", "HOME": "/nowhere"])
        let names = ChildProcess.run(question, environment: environment).output.split(separator: "\n").map(String.init)
        let identifiers = names.filter(Environment.isIdentifier)
        #expect(identifiers.count > 10)
        for name in identifiers {
            #expect(
                !VariableGate.admits(name, fromFile: Array("http://localhost:7001".utf8)), "\(question[0]): \(name)")
            #expect(!VariableGate.admitsPort(name), "\(question[0]): \(name)")
        }
    }

    /// Those that a shell has only while it reads a line, or only another version of it.
    @Test(arguments: [
        "ARGC", "TTYIDLE", "LISTMAX", "ZLE_RPROMPT_INDENT", "TRY_BLOCK_INTERRUPT", "KEYBOARD_HACK", "functions_source",
        "dis_functions_source", "dis_aliases", "dis_galiases", "dis_saliases", "dis_patchars", "dis_reswords",
        "funcfiletrace", "funcsourcetrace", "status_generation", "BUFFER", "_", "USER_ID", "cmd_duration",
    ])
    func refuses(_ name: String) {
        #expect(!VariableGate.admits(name, fromFile: Array("http://localhost:7001".utf8)))
    }

    /// Parts of the names are none.
    @Test(arguments: ["ARG_URL", "SHELL_API_URL", "TTYI", "DLE", "EUI", "KEYBOARD", "ZZ_URL"])
    func obeysNoOthers(_ name: String) throws {
        #expect(try #require(VariableName(name)).standing != .obeyed)
    }
}
