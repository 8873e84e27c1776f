// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.List;

/**
 * What a class is, seen by {@link MethodPatterns#select}. The weaver reads it from a class file, {@code check} from a
 * class path.
 *
 * @since 1.0
 */
public interface TypeShape {
    /**
     * Gives the name.
     *
     * @return internal, {@code com/acme/Outer$Inner}
     */
    String internalName();

    /**
     * Gives the declared methods, not the inherited ones.
     *
     * @return in the order of the class file; not changed by anyone
     */
    List<MethodShape> methods();

    /**
     * Tells whether a type that this one extends or implements, at any depth, is meant by a pattern; also whether one
     * is that a class which inherits this one's methods implements. Called only if a {@code +} pattern fits one of the
     * methods, so that the types above are looked up no more often than needed.
     *
     * @param pattern to be asked with the internal name of each of them, this type itself left out
     * @return false also where a type above cannot be found
     */
    boolean hasSupertype(TypePattern pattern);
}
