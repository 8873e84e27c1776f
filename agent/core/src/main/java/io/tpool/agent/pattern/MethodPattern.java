// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

/**
 * One pattern: {@code [native ]TYPE[+]#METHOD[(PARAMETER, …)]}. Immutable.
 *
 * @since 1.0
 */
public final class MethodPattern {
    private final String text;
    private final boolean onlyNative;
    private final TypePattern type;
    private final boolean subtypes;
    private final Glob method;
    private final ParameterList parameters;
    private final long specificity;

    MethodPattern(String text, boolean onlyNative, TypePattern type, boolean subtypes, Glob method,
        ParameterList parameters) {
        this.text = text;
        this.onlyNative = onlyNative;
        this.type = type;
        this.subtypes = subtypes;
        this.method = method;
        this.parameters = parameters;
        this.specificity = specificity(this);
    }

    /**
     * Reads one pattern that may be listed.
     *
     * @param text the pattern; white space around it does not matter
     * @return the pattern
     * @throws MalformedPatternException if it is not well-formed, or names a constructor or the thread machinery
     */
    public static MethodPattern parse(String text) throws MalformedPatternException {
        MethodPattern pattern = parseExclusion(text);
        if (ProtectedTypes.isAllOf(pattern.type)) {
            throw new MalformedPatternException("names thread machinery (" + pattern.type
                + "), which moves the calls and cannot be listed", "list the method of the application that calls it");
        }
        return pattern;
    }

    /**
     * Reads one pattern of methods that are never touched. The thread machinery may be named here: it is never touched
     * anyway.
     *
     * @param text the pattern; white space around it does not matter
     * @return the pattern
     * @throws MalformedPatternException if it is not well-formed, or names a constructor
     */
    public static MethodPattern parseExclusion(String text) throws MalformedPatternException {
        return new PatternParser(text).parse();
    }

    /**
     * Type before method before parameters; spelled out before wildcard; among equals the more characters spelled out.
     */
    private static long specificity(MethodPattern p) {
        long rank = p.type.internalName() == null ? 0 : p.subtypes ? 1 : 2;
        rank = rank << 16 | Math.min(p.type.literals(), 0xffff);
        rank = rank << 1 | (p.parameters == null ? 0 : 1);
        rank = rank << 1 | (p.method.isExact() ? 1 : 0);
        rank = rank << 16 | Math.min(p.method.literals(), 0xffff);
        return rank << 1 | (p.onlyNative ? 1 : 0);
    }

    boolean isMoreSpecificThan(MethodPattern other) {
        return specificity > other.specificity;
    }

    /**
     * Gives the TYPE.
     *
     * @return without the {@code +}
     */
    public TypePattern type() {
        return type;
    }

    /**
     * Tells whether the types that extend or implement TYPE are meant as well.
     *
     * @return true if TYPE is followed by {@code +}
     */
    public boolean includesSubtypes() {
        return subtypes;
    }

    /** Tells whether only native methods are meant: the pattern begins with {@code native}. */
    boolean isOnlyNative() {
        return onlyNative;
    }

    Glob method() {
        return method;
    }

    /**
     * Tells whether a method is meant, its class left aside.
     *
     * @param shape a declared method
     * @return never true for a constructor or class initialiser
     */
    public boolean matches(MethodShape shape) {
        return !shape.isInitializer() && (!onlyNative || shape.isNative()) && method.matches(shape.name())
                && (parameters == null || parameters.matches(shape.descriptor()));
    }

    /** Gives the text of the same pattern with a {@code +}. */
    String withSubtypes() {
        int hash = text.indexOf('#');
        return subtypes ? text : text.substring(0, hash).concat("+").concat(text.substring(hash));
    }

    /**
     * Gives the pattern on one line, its white space reduced to what it needs.
     *
     * @return reads back as an equal pattern
     */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MethodPattern pattern && text.equals(pattern.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
