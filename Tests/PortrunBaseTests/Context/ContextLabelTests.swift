import TestSupport
import Testing

@testable import PortrunBase

struct ContextLabelTests {
    @Test(arguments: [
        ("myapp", "feature/auth", "myapp/feature-auth"), ("my app", "a#b", "my-app/a-b"),
        ("Größe_1.0", "日本", "Größe_1.0/日本"), ("rocket-🚀", "it's", "rocket--/it-s"), ("folder", "", "folder"),
        ("", "", "root"), ("x", "a\\b\"c", "x/a-b-c"),
    ])
    func keepsLettersAndDigits(app: String, instance: String, label: String) {
        #expect(ContextLabel(app: app, instance: instance).text == label)
    }
}
