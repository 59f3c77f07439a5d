import PortrunBase
import TestSupport
import Testing

@testable import PortrunKit

struct RecipeUserChangeTests {
    @Test(arguments: [
        ("make", "Makefile", "install:\n\tsudo cp a /usr/bin\n", UserChange.sudo),
        ("gmake", "GNUmakefile", "db:\n\t@su postgres -c postgres\n", .su),
        ("/usr/bin/just", "justfile", "up:\n  /usr/bin/doas true\n", .doas),
        ("make", "Makefile", "run:\n\tnode sum.js --sudoku\n", nil),
        ("make", "justfile", "up:\n  sudo true\n", nil),
        ("node", "Makefile", "up:\n\tsudo true\n", nil),
    ])
    func findsWhoBecomesAnotherUser(_ program: String, _ file: String, _ text: String, _ change: UserChange?) throws {
        let folder = try TemporaryFolder()
        try folder.write(text, to: file)
        #expect(RecipeUserChange.find([program, "up"], in: folder.path) == change)
    }
}
