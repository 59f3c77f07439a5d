import TestSupport
import Testing

@testable import PortrunBase
@testable import PortrunCompose

struct DotenvParserTests {
    @Test(arguments: DotenvCase.all)
    func readsAsComposeDoes(_ file: DotenvCase) {
        let shell = ["S": "sv", "E": ""]
        var values: [String: String]?
        do throws(ComposeFailure) {
            let all = try DotenvParser(Array(file.text.utf8)) { shell[$0] }.values
            values = [:]
            for name in ["A", "B", "C"] { values?[name] = all[name] }
        } catch {
            values = nil
        }
        #expect(values == file.values)
    }

    @Test(arguments: [
        ("A=1\n\nB C=2\n", 3, ComposeProblem.spaceInName),
        ("A='1\n2'\nB=\"3\n", 3, .unterminatedQuote),
        ("# c\nA+=1\n", 2, .unexpectedCharacter),
        ("A=1\nB=${C:?no}\n", 2, .missingVariable("C", explanation: "")),
    ])
    func saysWhichLineIsWrong(_ text: String, _ line: Int, _ problem: ComposeProblem) {
        #expect(throws: ComposeFailure(line: line, problem: problem)) {
            try DotenvParser(Array(text.utf8)) { _ in nil }
        }
    }
}
