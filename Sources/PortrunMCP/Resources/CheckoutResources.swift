import PortrunBase
import PortrunKit
import PortrunRegistry

/// The ports of each checkout, as resources that a client may read.
struct CheckoutResources {
    private let host: ServerHost

    init(_ host: ServerHost) { self.host = host }

    static let template = JSONValue.object([
        "uriTemplate": .string(CheckoutURI.template), "name": .string("ports"),
        "title": .string("Ports of a checkout"), "mimeType": .string(type),
        "description": .string("What is booked in the checkout with this absolute path, and who holds it."),
    ])

    private static let type = "application/json"

    /// One for the checkout that the server was started in, and for each that has bookings and is there. A registry that
    /// cannot be read has none: its trouble is told by the tools.
    var all: [JSONValue] {
        guard let checkout = try? CheckoutFolder(nil, host).checkout() else { return [] }
        var known = [(path: checkout.context.path, label: checkout.context.label)]
        var seen: Set<ExactString> = [ExactString(checkout.context.path)]
        for status in (try? statuses(seenFrom: checkout)) ?? [] {
            let (path, label) = (status.context.path, status.context.label)
            // What the user has named is no checkout.
            guard !status.context.isMachine,
                status.context.repository != nil || status.context.identity == status.context.path,
                seen.insert(ExactString(path)).inserted,
                FileSystem.kind(of: path) == .directory
            else { continue }
            known.append((path, label))
        }
        return known.map { path, label in
            let label = TerminalText.onOneLine(label)
            return .object([
                "uri": .string(CheckoutURI.text(of: path)), "name": .string(label),
                "title": .string("Ports of \(label)"), "mimeType": .string(Self.type),
                "description": .string("What is booked in \(TerminalText.onOneLine(path)), and who holds it."),
            ])
        }
    }

    private func statuses(seenFrom checkout: Checkout) throws -> [BookingStatus] {
        let registry = try Registry(at: checkout.location, now: checkout.system.now) { _ in }
        return try checkout.look(in: registry) { reader, record in
            try checkout.statuses(isMachineWide: true, reader, record)
        }
    }

    /// What the tool `status` gives for the checkout that a URI names.
    func contents(of uri: String, in revision: ProtocolRevision) throws(ProtocolError) -> JSONValue {
        guard let path = CheckoutURI.path(of: uri) else {
            throw .unknownResource(
                uri, "there is no resource `\(uri)`; `resources/list` has those that are", in: revision)
        }
        let arguments = JSONValue.object(["checkout": .string(path)])
        let call = ToolCall(of: .status, arguments, .null, host)
        let result = call.result().map { JSONValue.object(JSONValue.KeyValuePairs($0)) }
        let text = result?["content"]?.elements?.first?["text"]?.string ?? ""
        guard result?["isError"] == nil else {
            // An error of the protocol has one line.
            throw .unknownResource(uri, text.replacing("\nnext: ", with: "; next: "), in: revision)
        }
        return .object(["uri": .string(uri), "mimeType": .string(Self.type), "text": .string(text)])
    }
}
