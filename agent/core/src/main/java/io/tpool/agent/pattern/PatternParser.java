// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.ArrayList;
import java.util.List;

/** Reads {@code [native ]TYPE[+]#METHOD[(PARAMETER, …)]}. */
final class PatternParser {
    private static final String NATIVE = "native";
    private static final String EXAMPLE = "write TYPE#METHOD, for example com.acme.Store#flush";
    private static final int LONGEST = 4096;

    private final String text;

    PatternParser(String text) {
        this.text = text.strip();
    }

    MethodPattern parse() throws MalformedPatternException {
        if (text.isEmpty()) {
            throw new MalformedPatternException("is empty", EXAMPLE);
        }
        if (text.length() > LONGEST) {
            throw new MalformedPatternException("is longer than " + LONGEST + " characters", EXAMPLE);
        }
        boolean onlyNative = text.startsWith(NATIVE)
            && (text.length() == NATIVE.length() || isBlank(text.charAt(NATIVE.length())));
        String rest = onlyNative ? text.substring(NATIVE.length()).strip() : text;
        if (rest.isEmpty()) {
            throw new MalformedPatternException("has nothing after 'native'", "write native TYPE#METHOD");
        }
        int hash = rest.indexOf('#');
        if (hash < 0) {
            throw new MalformedPatternException("has no '#METHOD'", withoutHash(rest));
        }
        String type = rest.substring(0, hash);
        boolean subtypes = type.endsWith("+");
        if (subtypes) {
            type = type.substring(0, type.length() - 1);
        }
        checkType(type);
        String method = rest.substring(hash + 1);
        String[] parameters = null;
        int open = method.indexOf('(');
        if (open >= 0) {
            parameters = parameters(method.substring(open));
            method = method.substring(0, open).stripTrailing();
        }
        checkMethod(method, type);
        return new MethodPattern(canonical(onlyNative, type, subtypes, method, parameters), onlyNative,
            new TypePattern(type),
                subtypes, new Glob(method), parameters == null ? null : ParameterList.of(parameters));
    }

    private static String canonical(boolean onlyNative, String type, boolean subtypes, String method,
        String[] parameters) {
        StringBuilder text = new StringBuilder();
        text.append(onlyNative ? "native " : "").append(type).append(subtypes ? "+#" : "#").append(method);
        if (parameters != null) {
            text.append('(');
            for (int i = 0; i < parameters.length; i++) {
                text.append(i == 0 ? "" : ", ").append(parameters[i]);
            }
            text.append(')');
        }
        return text.toString();
    }

    /** The usual way to write a method elsewhere is with a dot or with {@code ::}. */
    private static String withoutHash(String rest) {
        int parenthesis = rest.indexOf('(');
        String name = parenthesis < 0 ? rest : rest.substring(0, parenthesis).stripTrailing();
        int colons = name.indexOf("::");
        if (colons > 0) {
            return "write " + name.substring(0, colons) + "#" + name.substring(colons + 2);
        }
        int dot = name.lastIndexOf('.');
        if (dot > 0 && dot + 1 < name.length() && Character.isLowerCase(name.charAt(dot + 1))) {
            return "write " + name.substring(0, dot) + "#" + name.substring(dot + 1);
        }
        return "write " + (name.isEmpty() ? "TYPE" : name) + "#METHOD, or " + (name.isEmpty() ? "TYPE" : name)
            + "#* for all of its methods";
    }

    private static void checkType(String type) throws MalformedPatternException {
        if (type.isEmpty()) {
            throw new MalformedPatternException("has no TYPE before '#'", EXAMPLE);
        }
        if (type.indexOf('/') >= 0) {
            throw new MalformedPatternException("has a '/' in its type", "write " + type.replace('/', '.'));
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (isForbidden(c)) {
                throw new MalformedPatternException("has a '" + c + "' in its type", EXAMPLE);
            }
        }
        int start = 0;
        while (start <= type.length()) {
            int end = type.indexOf('.', start);
            if (end < 0) {
                end = type.length();
            }
            if (end == start) {
                throw new MalformedPatternException("has an empty segment in its type", EXAMPLE);
            }
            int stars = type.indexOf("**", start);
            if (stars >= 0 && stars < end && end - start != 2) {
                throw new MalformedPatternException("has '**' as part of a segment, but it stands for whole segments",
                        "write * inside a segment, and ** between dots: org.rocksdb.**");
            }
            start = end + 1;
        }
    }

    private static void checkMethod(String method, String type) throws MalformedPatternException {
        if (method.isEmpty()) {
            throw new MalformedPatternException("has no METHOD after '#'", "write " + type + "#* for all methods");
        }
        if (method.equals("<init>") || method.equals("<clinit>") || method.equals("new")) {
            throw new MalformedPatternException("names a constructor or class initialiser, which cannot be listed",
                    "list the methods that it calls, or the method that calls it");
        }
        for (int i = 0; i < method.length(); i++) {
            char c = method.charAt(i);
            if (c == '#') {
                throw new MalformedPatternException("has a second '#'",
                    "put a comma or white space between two patterns");
            }
            if (isForbidden(c) || c == '.') {
                throw new MalformedPatternException("has a '" + c + "' in its method", EXAMPLE);
            }
        }
    }

    private static String[] parameters(String list) throws MalformedPatternException {
        int close = list.indexOf(')');
        if (close < 0) {
            throw new MalformedPatternException("has no ')' after its parameters",
                "write (int, java.lang.String), or () for none");
        }
        if (close != list.length() - 1) {
            throw new MalformedPatternException("has '" + list.substring(close + 1).strip() + "' after its parameters",
                    "end the pattern with ')'; a return type is not part of it");
        }
        String inner = list.substring(1, close).strip();
        if (inner.isEmpty()) {
            return new String[0];
        }
        List<String> types = new ArrayList<>();
        int start = 0;
        while (start <= inner.length()) {
            int end = inner.indexOf(',', start);
            if (end < 0) {
                end = inner.length();
            }
            types.add(parameter(inner.substring(start, end).strip(), end == inner.length()));
            start = end + 1;
        }
        return types.toArray(new String[0]);
    }

    private static String parameter(String written, boolean last) throws MalformedPatternException {
        String type = written;
        if (type.indexOf('<') >= 0) {
            throw new MalformedPatternException("has the parameter '" + type + "' with type arguments",
                "leave out <…>: java.util.List");
        }
        if (type.indexOf('*') >= 0 || type.equals("..")) {
            throw new MalformedPatternException("has a wildcard for a parameter",
                    "leave out the parameter list to take all overloads");
        }
        String dimensions = "";
        if (type.endsWith("...")) {
            if (!last) {
                throw new MalformedPatternException("has '...' after a parameter that is not the last",
                    "write [] there");
            }
            type = type.substring(0, type.length() - 3).stripTrailing();
            dimensions = "[]";
        }
        while (type.endsWith("]")) {
            int open = type.lastIndexOf('[');
            if (open < 0 || !type.substring(open + 1, type.length() - 1).isBlank()) {
                throw new MalformedPatternException("has the parameter '" + written + "', which is no type",
                    "write an array as int[]");
            }
            type = type.substring(0, open).stripTrailing();
            dimensions += "[]";
        }
        checkParameterName(type, written);
        return type + dimensions;
    }

    private static void checkParameterName(String type, String written) throws MalformedPatternException {
        String right = "write (int, java.lang.String, byte[])";
        if (type.isEmpty() || type.equals("void") || type.startsWith(".") || type.endsWith(".")
            || type.contains("..")) {
            throw new MalformedPatternException("has the parameter '" + written + "', which is no type", right);
        }
        if (type.indexOf('/') >= 0 || type.indexOf(';') >= 0) {
            throw new MalformedPatternException("has the parameter '" + written + "' as in a class file", right);
        }
        for (int i = 0; i < type.length(); i++) {
            char c = type.charAt(i);
            if (isBlank(c)) {
                throw new MalformedPatternException("has the parameter '" + written + "', which is more than a type",
                        "write the type alone, without its name");
            }
            if (isForbidden(c)) {
                throw new MalformedPatternException("has a '" + c + "' in the parameter '" + written + "'", right);
            }
        }
    }

    static boolean isBlank(char c) {
        return c <= ' ' || Character.isWhitespace(c);
    }

    /** What no name in a class file has, and what separates the parts of a pattern. */
    private static boolean isForbidden(char c) {
        return isBlank(c) || Character.isISOControl(c) || "#+(),;[]/<>:\\=\"'".indexOf(c) >= 0;
    }
}
