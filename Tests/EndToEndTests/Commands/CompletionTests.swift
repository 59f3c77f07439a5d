import PortrunBase
import PortrunLaunch
import Testing

/// The scripts of `--generate-completion-script`, in the shells themselves.
@Suite(.timeLimit(.minutes(30)))
struct CompletionTests {
    let project: Project

    init() throws {
        project = try Project()
        try project.scratch.writeProgram("#!/bin/sh\n", to: "serve.sh")
        try project.scratch.write("", to: "folder/notes.txt")
    }

    /// A command line up to the cursor, and words that are offered there, or are not.
    static let lines: [(line: String, offered: [String], others: [String])] = [
        ("-- ./ser", ["./serve.sh"], ["register"]), ("-- ta", ["tail"], ["status"]),
        ("run api -- ./ser", ["./serve.sh"], []), ("-q -- ./ser", ["./serve.sh"], []),
        ("explain -- cat fol", ["folder"], ["--json"]), ("run -C fol", ["folder"], []),
        ("-C fol", ["folder"], []), ("rel", ["release"], []), ("-q --po", ["--port", "--portserver"], []),
        ("run --fixed re", ["remap"], []), ("get --no", ["--no-book"], ["--no-shim"]),
    ]

    private func script(for shell: String) throws {
        try #require(
            try project.scratch.shell("'\(Program.portrun)' --generate-completion-script \(shell) >script")
                == .printed(""))
    }

    private func check(_ shell: String, _ index: Int, _ command: [String]) throws {
        let (line, offered, others) = Self.lines[index]
        let outcome = try project.scratch.run(command + [line])
        // fish has a description behind a tab, and a folder may have its slash.
        let words = outcome.output.split(separator: "\n").map { line in
            line.prefix { $0 != "\t" && $0 != "\r" }
        }
        for word in offered { #expect(words.contains { $0 == word || $0 == word + "/" }, "\(shell): \(outcome)") }
        for word in others { #expect(!words.contains { $0 == word }, "\(shell): \(outcome)") }
    }

    @Test(arguments: lines.indices) func bashOffers(_ index: Int) throws {
        try script(for: "bash")
        let bash = """
            source ./script
            IFS=' ' read -ra COMP_WORDS <<<"portrun $1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="portrun $1" COMP_POINT=${#COMP_LINE}
            read -r _ _ _ _ function _ <<<"$(complete -p portrun)"
            "$function" portrun "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
            printf '%s\\n' "${COMPREPLY[@]}"
            """
        try check("bash", index, ["/bin/bash", "-c", bash, "bash"])
    }

    /// With bash-completion a command is completed by its own function.
    @Test func bashHandsTheCommandOn() throws {
        try script(for: "bash")
        let bash = """
            source ./script
            _command_offset() { echo "offset $1"; }
            COMP_WORDS=(portrun run api -- git chec) COMP_CWORD=5
            _portrun_command portrun chec git
            """
        #expect(try project.scratch.run(["/bin/bash", "-c", bash]) == .printed("offset 4\n"))
    }

    @Test(.enabled(if: Program.find("fish") != nil, "fish is not installed"), arguments: lines.indices)
    func fishOffers(_ index: Int) throws {
        try script(for: "fish")
        try project.scratch.write("source ./script; complete -C \"portrun $argv[1]\"\n", to: "offer.fish")
        try check("fish", index, ["/usr/bin/env", "fish", "--no-config", "offer.fish"])
    }

    /// In a terminal of its own, since zsh completes nowhere else. It shows what it inserts as well as what it lists.
    @Test(.enabled(if: Program.find("zsh") != nil, "zsh is not installed"), arguments: lines.indices)
    func zshOffers(_ index: Int) throws {
        try script(for: "zsh")
        let (line, offered, others) = Self.lines[index]
        let outcome = try project.scratch.run(["/usr/bin/env", "TERM=dumb", "zsh", "-f", "-c", Self.zsh, "zsh", line])
        for word in offered { #expect(outcome.output.contains(word), "\(outcome)") }
        for word in others { #expect(!outcome.output.contains(word), "\(outcome)") }
    }

    private static let zsh = #"""
        zmodload zsh/zpty
        mkdir functions
        mv script functions/_portrun
        cat >inner.zsh <<'END'
        PS1=
        fpath=($PWD/functions $fpath)
        autoload -Uz compinit && compinit -D -u
        finish() { zle -I; print EN''D; }
        zle -N finish
        bindkey '^X' finish
        print READ''Y
        END
        zpty inner zsh -f -i
        zpty -w inner 'source ./inner.zsh'
        zpty -r -m inner output '*READY*'
        zpty -w -n inner "portrun $1"$'\t\t\x18'
        zpty -r -m inner output '*END*'
        print -r -- "$output"
        zpty -d inner
        """#
}
