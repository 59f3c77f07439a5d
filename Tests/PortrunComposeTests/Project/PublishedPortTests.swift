import Testing

@testable import PortrunBase
@testable import PortrunCompose

@Suite struct PublishedPortTests {
    @Test(
        arguments: [
            ("5432", "5432", "5432"), ("3000-3005", "3000-3005", nil), ("3000-3000", "3000", "3000"),
            ("0", nil, nil), ("080", nil, nil), ("9-1", nil, nil), ("abc", nil, nil), (nil, nil, nil),
        ] as [(String?, String?, String?)])
    func tellsPortsFromOtherText(_ text: String?, range: String?, port: String?) {
        let published = PublishedPort(text)
        #expect(published.text == text)
        #expect(published.range?.description == range)
        #expect(published.port?.description == port)
        #expect((published == .chosenByDocker) == (text == nil))
    }
}
