import Foundation
import Testing

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// A page read by a real XML parser: its elements in order, each with its own and its inner text.
final class Markup: NSObject, XMLParserDelegate {
    struct Element {
        let name: String
        let attributes: [String: String]
        var text = ""
    }

    private(set) var elements: [Element] = []
    private var open: [Int] = []

    /// Fails the test where the page is not well-formed.
    init(_ page: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        super.init()
        let parser = XMLParser(data: Data(page.utf8))
        parser.delegate = self
        let isWellFormed = parser.parse()
        let error = parser.parserError.map { "\($0)" } ?? ""
        try #require(
            isWellFormed, "line \(parser.lineNumber): \(error)", sourceLocation: sourceLocation)
    }

    func elements(_ name: String) -> [Element] { elements.filter { $0.name == name } }

    func parser(
        _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
        qualifiedName: String?, attributes: [String: String]
    ) {
        open.append(elements.count)
        elements.append(Element(name: name, attributes: attributes))
    }

    func parser(
        _ parser: XMLParser, didEndElement name: String, namespaceURI: String?,
        qualifiedName: String?
    ) {
        open.removeLast()
    }

    func parser(_ parser: XMLParser, foundCharacters text: String) {
        for index in open { elements[index].text += text }
    }
}
