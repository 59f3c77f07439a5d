import Foundation
import Testing

/// Compose files that are wrong or hostile: a warning that says where, bounded time and memory, and the command runs.
@Suite(.timeLimit(.minutes(30)))
struct BadComposeTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// Run by /bin/sh in the project's folder.
        var script: String
        /// What the warnings have to hold.
        var warning: String

        init(_ description: String, _ script: String, _ warning: String) {
            testDescription = description
            self.script = script
            self.warning = warning
        }
    }

    static let cases: [Case] = [
        Case(
            "include cycle",
            "echo 'include: [b.yaml]' >compose.yaml; echo 'include: [compose.yaml]' >b.yaml",
            "b.yaml:1: `compose.yaml` includes itself"),
        Case(
            "extends cycle",
            "echo 'services: {a: {extends: {file: b.yaml, service: a}}}' >compose.yaml; sed s/b.yaml/compose.yaml/ compose.yaml >b.yaml",
            "compose.yaml:1: service `a` extends itself"),
        Case(
            "aliases of aliases",
            #"""
            echo 'a0: &a0 [x, x, x, x, x, x, x, x, x, x]' >compose.yaml
            for i in 1 2 3 4 5 6 7 8 9; do
                p="*a$((i - 1))"
                echo "a$i: &a$i [$p, $p, $p, $p, $p, $p, $p, $p, $p, $p]"
            done >>compose.yaml
            """#,
            "compose.yaml: more than 100000 values"),
        Case(
            "merge keys of merge keys",
            #"""
            echo 'x-0: &a0 {k: v}' >compose.yaml
            for i in $(seq 40); do
                p=$((i - 1))
                echo "x-$i: &a$i {<<: [*a$p, *a$p], a$i: *a$p, b$i: *a$p}"
            done >>compose.yaml
            """#,
            "compose.yaml: more than 100000 values"),
        Case("50 MB", "head -c 50000000 /dev/zero | tr '\\0' '#' >compose.yaml", "compose.yaml: more than 8 MiB"),
        Case(
            "nesting",
            "head -c 8000000 /dev/zero | tr '\\0' '[' >compose.yaml",
            "compose.yaml:1: nested more than 200 levels deep"),
        Case(
            "variables in defaults",
            #"{ printf 'services: {s: {image: "'; yes '${A:-' | head -n 1000000 | tr -d '\n'; yes '}' | head -n 100 | tr -d '\n'; echo '"}}'; } >compose.yaml"#,
            "compose.yaml"),
        Case(
            "values of values",
            "echo 'services: {s: {image: x}}' >compose.yaml; { echo A=x; yes 'A=$A$A' | head -n 50; } >.env",
            ".env: more than 8 MiB"),
        Case("binary", "head -c 100000 /dev/zero >compose.yaml", "compose.yaml:1: not a text file"),
        Case("folder", "mkdir compose.yaml", "compose.yaml`: not a regular file"),
        Case("FIFO", "mkfifo compose.yaml", "compose.yaml`: not a regular file"),
        Case("device", "ln -s /dev/zero compose.yaml", "compose.yaml`: not a regular file"),
        Case(
            "FIFO for .env", "echo 'services: {s: {image: x}}' >compose.yaml; mkfifo .env", ".env`: not a regular file"),
        Case(
            "required variable",
            "printf 'services:\\n  s:\\n    image: ${NONE:?set it}\\n' >compose.yaml",
            "compose.yaml:3: required variable `NONE` is not set: set it"),
    ]

    @Test(arguments: cases)
    func theCommandRunsAllTheSame(_ file: Case) throws {
        // Address space is limited too, to 2 GB.
        let outcome = try Scratch().shell(
            file.script + "\nulimit -v 2000000; exec \"$LAUNCHER\" -- /bin/sh -c 'echo runs'")
        #expect(outcome.ending == .exited(0), "\(outcome)")
        #expect(outcome.output == "runs\n")
        #expect(outcome.errors.contains("portrun: warning: "))
        #expect(outcome.errors.contains(file.warning), "\(outcome.errors)")
        #expect(!outcome.errors.contains("empty compose file"))
    }

    #if os(Linux)
        /// A link may lead to what the kernel makes up: proc(5).
        @Test func aFileThatIsMadeUpIsNotRead() throws {
            let outcome = try Scratch().shell(
                "ln -s /proc/self/mem compose.yaml; exec \"$LAUNCHER\" -- /bin/sh -c 'echo runs'")
            #expect(outcome.ending == .exited(0) && outcome.output == "runs\n", "\(outcome)")
            #expect(outcome.errors.contains("compose.yaml`: not a regular file"), "\(outcome)")
        }
    #endif
}
