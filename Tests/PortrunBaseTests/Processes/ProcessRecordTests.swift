#if os(Linux)
    import Testing

    @testable import PortrunBase

    struct ProcessRecordTests {
        private func record(_ name: String, state: String = "S", threads: Int = 1) -> ProcessRecord? {
            ProcessRecord(
                Array(
                    "42 (\(name)) \(state) 7 1 1 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 \(threads) 0 12345 9 9\n"
                        .utf8))
        }

        @Test(
            "Fields are counted after the last parenthesis", arguments: ["sh", "a b", ") S 1 (", ")))", ""])
        func reads(_ name: String) {
            #expect(record(name)?.parent == 7)
            #expect(record(name)?.start == 12345)
        }

        @Test("A zombie has ended, unless other threads of it live")
        func tellsEnded() {
            #expect(record("sh")?.hasEnded == false)
            #expect(record("sh", state: "Z")?.hasEnded == true)
            #expect(record("sh", state: "X")?.hasEnded == true)
            #expect(record("sh", state: "Z", threads: 3)?.hasEnded == false)
        }

        @Test("What is not such a line is refused", arguments: ["", "42", "42 (sh) S 1", "42 (sh"])
        func rejects(_ line: String) {
            #expect(ProcessRecord(Array(line.utf8)) == nil)
        }

        @Test("The parent is the first of the ancestors")
        func findsAncestors() {
            #expect(ProcessTree.ancestors(of: getpid()).first == getppid())
            #expect(ProcessTree.ancestors(of: -1) == [])
        }
    }
#endif
