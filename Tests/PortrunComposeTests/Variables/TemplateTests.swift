import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct TemplateTests {
    @Test(arguments: TemplateCase.all)
    func expandsAsComposeDoes(_ template: TemplateCase) {
        var value: String?
        do throws(ComposeProblem) {
            value = try Template(template.text).expansion { ["S": "sv", "E": ""][$0] }.text
        } catch {
            value = nil
        }
        #expect(value == template.value)
    }

    @Test func listsEveryUseOfAVariable() throws {
        #expect(
            try Template("$A ${B:-${C:?x $A}} $$D ${A+${E}}").variables == ["A", "B", "C", "A", "A", "E"])
    }

    @Test func tellsWhichBytesAVariableMade() throws {
        let expansion = try Template("é${A:-${B:-12}}:${C}:${S:+x}").expansion { $0 == "S" ? "1" : nil }
        #expect(expansion.text == "é12::x")
        #expect(expansion.segments.map(\.range) == [2..<4, 5..<5, 6..<7])
        #expect(expansion.segments.map(\.variable) == ["A", "C", nil])
    }

    @Test func explainsWhatIsRequired() throws {
        #expect(throws: ComposeProblem.missingVariable("A", explanation: "need it")) {
            try Template("${A:?need it}").expansion { $0 == "B" ? "1" : "" }
        }
    }

    @Test(arguments: ["${A:?need $B}", "${A?$B}", "${A:?${B:-x}}", "${A:?${C:+$B}}"])
    func tellsNoValue(_ text: String) throws {
        #expect(throws: ComposeProblem.missingVariable("A", explanation: "")) {
            try Template(text).expansion { $0 == "A" ? nil : "secret" }
        }
    }
}
