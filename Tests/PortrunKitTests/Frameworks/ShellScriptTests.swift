import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunKit

struct ShellScriptTests {
    @Test(
        arguments: [
            ("a b  c", [["a", "b", "c"]]), ("a 'b c' \"d e\" f\\ g", [["a", "b c", "d e", "f g"]]),
            ("a && b || c; d", [["a"], ["b"], ["c"], ["d"]]), ("a|b", [["a"], ["b"]]), ("a&b", [["a"], ["b"]]),
            ("a 2>&1 >file b", [["a", "b"]]), ("a >'f g' b", [["a", "b"]]), ("a 2 > x", [["a", "2"]]),
            ("a ${B:-c d} $(e f) `g h`", [["a", "${B:-c d}", "$(e f)", "`g h`"]]), ("a # b", [["a"]]),
            ("a#b", [["a#b"]]), ("a ''", [["a", ""]]), ("(a b) && c", [["a", "b"], ["c"]]), ("a\nb", [["a"], ["b"]]),
            ("\"a\\\"b\" 'c\\'", [["a\"b", "c\\"]]), ("", []), ("'a", [["a"]]), ("${", [["${"]]),
        ])
    func splits(_ line: String, _ commands: [[String]]) {
        #expect(ShellScript(line).commands.map { $0.map(\.text) } == commands)
    }

    @Test(
        arguments: [
            ("a && b", true, false), ("a &", false, true), ("a & b", true, true), ("a | b", true, false),
            ("(a)", false, false), ("(a) && b", true, false), ("a; ", false, false), ("a 2>&1", true, false),
        ])
    func tellsWhereMoreWordsWouldGo(_ line: String, endsWithCommand: Bool, isParallel: Bool) {
        let script = ShellScript(line)
        #expect(script.endsWithCommand == endsWithCommand)
        #expect(script.isParallel == isParallel)
    }

    @Test(arguments: ["$A", "\"$A\"", "a*", "~/a", "`a`", "${A}"])
    func tellsWhatAShellChanges(_ word: String) {
        #expect(ShellScript(word).commands == [[ScriptWord(text: word.filter { $0 != "\"" }, isLiteral: false)]])
    }

    @Test(arguments: ["'$A'", "'*'", "\\$A"])
    func tellsWhatAShellLeaves(_ word: String) {
        #expect(ShellScript(word).commands.first?.first?.isLiteral == true)
    }
}
