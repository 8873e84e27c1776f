// SPDX-License-Identifier: Apache-2.0
package io.tpool.it.release;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathExpressionException;
import javax.xml.xpath.XPathFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** A published project description. Those of tpool have one parent at most. */
final class Pom {
    private static final String GROUP = "io.tpool";
    private final Path file;
    private final Document document;

    private Pom(Path file, Document document) {
        this.file = file;
        this.document = document;
    }

    static Pom read(Path file) {
        try {
            return new Pom(file, DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile()));
        } catch (Exception e) {
            throw new AssertionError(file.toString(), e);
        }
    }

    /** Returns the text at a path below {@code project}, empty where there is none. */
    String own(String path) {
        return ((String) evaluate("string(/project/" + path + ")", XPathConstants.STRING)).strip();
    }

    String ownOrInherited(String path) {
        String own = own(path);
        String parent = own("parent/artifactId");
        if (!own.isEmpty() || parent.isEmpty()) {
            return own;
        }
        Path folder = file.getParent().getParent().resolveSibling(parent);
        return PublishedModule.of(folder).pom().ownOrInherited(path);
    }

    boolean isOfJar() {
        String packaging = own("packaging");
        return packaging.isEmpty() || packaging.equals("jar");
    }

    /** Returns the artifact ids of tpool's own modules that this one cannot be resolved without. */
    List<String> modulesItNeeds() {
        NodeList found = (NodeList) evaluate("/project/parent/artifactId | /project/dependencies/dependency[groupId='"
            + GROUP + "' and not(scope='test')]/artifactId", XPathConstants.NODESET);
        return IntStream.range(0, found.getLength()).mapToObj(at -> found.item(at).getTextContent().strip()).toList();
    }

    private Object evaluate(String expression, QName type) {
        XPath xpath = XPathFactory.newInstance().newXPath();
        try {
            return xpath.evaluate(expression, document, type);
        } catch (XPathExpressionException e) {
            throw new AssertionError(expression, e);
        }
    }
}
