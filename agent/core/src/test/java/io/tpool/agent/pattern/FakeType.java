// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.ArrayList;
import java.util.List;

/** A class made of words, for tests. Counts how often its supertypes were asked for. */
final class FakeType implements TypeShape {
    static final int ABSTRACT = 0x0400;
    static final int NATIVE = 0x0100;
    static final int BRIDGE = 0x0040 | 0x1000;

    private final String internalName;
    private final List<MethodShape> methods = new ArrayList<>();
    private final List<String> supertypes = new ArrayList<>();
    int lookUps;

    FakeType(String name) {
        this.internalName = name.replace('.', '/');
    }

    FakeType method(String nameAndDescriptor) {
        return method(nameAndDescriptor, 0);
    }

    FakeType method(String nameAndDescriptor, int access) {
        int open = nameAndDescriptor.indexOf('(');
        methods.add(new MethodShape(nameAndDescriptor.substring(0, open), nameAndDescriptor.substring(open), access));
        return this;
    }

    FakeType extending(String... names) {
        for (String name : names) {
            supertypes.add(name.replace('.', '/'));
        }
        return this;
    }

    @Override
    public String internalName() {
        return internalName;
    }

    @Override
    public List<MethodShape> methods() {
        return methods;
    }

    List<String> supertypes() {
        return supertypes;
    }

    @Override
    public boolean hasSupertype(TypePattern pattern) {
        lookUps++;
        for (String supertype : supertypes) {
            if (pattern.matches(supertype)) {
                return true;
            }
        }
        return false;
    }
}
