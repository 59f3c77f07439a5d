import HTTPTypes
import PortrunBase
import PortrunKit

/// The OpenAPI document of the API (spec.openapis.org/oas/v3.1.1), made from the same table as its routes.
enum APIDocument {
    static let base = "/api/v1"

    static func json(version: String) -> JSONValue {
        .object([
            "openapi": .string("3.1.0"),
            "info": .object([
                "title": .string("portrun"), "version": .string(version),
                "description": .string(
                    "Which ports of this machine are booked, by whom, and what listens on them. "
                        + "Errors are problem details (RFC 9457), whose `type` never changes."),
                "license": .object(["name": .string("MIT"), "identifier": .string("MIT")]),
            ]),
            "paths": .object(JSONValue.KeyValuePairs(paths)),
            "components": .object([
                "schemas": .object([
                    "Booking": Shape.booking,
                    "Problem": Shape.object(
                        [
                            ("type", Shape.text), ("title", Shape.text), ("status", Shape.number),
                            ("detail", Shape.text), ("hint", Shape.text),
                        ], required: ["type", "title", "status", "detail"]),
                ])
            ]),
        ])
    }

    /// One entry for each path, with its methods.
    private static var paths: [(key: String, value: JSONValue)] {
        var paths: [(key: String, value: [(key: String, value: JSONValue)])] = []
        for operation in Operation.all {
            let entry = (operation.method.rawValue.lowercased(), operation.document)
            let path = base + operation.path
            if let index = paths.firstIndex(where: { $0.key == path }) {
                paths[index].value.append(entry)
            } else {
                paths.append((path, [entry]))
            }
        }
        return paths.map { ($0.key, .object(JSONValue.KeyValuePairs($0.value))) } + [(eventPath, events)]
    }
}

extension Operation {
    /// What the document says of it.
    fileprivate var document: JSONValue {
        var members: [(key: String, value: JSONValue)] = [
            ("operationId", .string(id)), ("summary", .string(summary)),
        ]
        if !parameters.isEmpty { members.append(("parameters", .array(parameters.map { document(of: $0) }))) }
        if let body {
            var schema = Shape.object(
                body.map { ($0.name, $0.schema) }, required: body.filter(\.isRequired).map(\.name), isClosed: true)
            if case .object(let object) = schema { schema = .object(.init(object.pairs + bodyRules)) }
            members.append(
                ("requestBody", .object(["required": .boolean(true), "content": content("application/json", schema)])))
        }
        members.append(("responses", .object(JSONValue.KeyValuePairs(responses))))
        return .object(JSONValue.KeyValuePairs(members))
    }

    private func document(of parameter: Parameter) -> JSONValue {
        let isInPath = pathNames.contains { $0 == parameter.name }
        return .object([
            "name": .string(parameter.name), "in": .string(isInPath ? "path" : "query"),
            "required": .boolean(isInPath || parameter.isRequired), "description": .string(parameter.description),
            "schema": parameter.schema,
        ])
    }

    private var responses: [(key: String, value: JSONValue)] {
        var statuses: [HTTPResponse.Status] = [.badRequest, .forbidden] + problems
        if body != nil { statuses += [.contentTooLarge, .unsupportedMediaType] }
        statuses += [.internalServerError, .serviceUnavailable]
        let success = JSONValue.object([
            "description": .string("Done."), "content": content(contentType, output),
        ])
        let problem = content(
            "application/problem+json", .object(["$ref": .string("#/components/schemas/Problem")]))
        return [("200", success)]
            + statuses.sorted { $0.code < $1.code }.map { status in
                (
                    String(status.code),
                    .object(["description": .string(status.reasonPhrase), "content": problem])
                )
            }
    }

    private func content(_ type: String, _ schema: JSONValue) -> JSONValue {
        .object(JSONValue.KeyValuePairs([(type, .object(["schema": schema]))]))
    }

    /// What the answer is written in.
    private var contentType: String { "application/json" }
}
