// SPDX-License-Identifier: Apache-2.0
package io.tpool.agent.pattern;

import java.util.List;

/** One answer of {@link MethodPatterns#select}. */
final class Selection {
    private final TypeShape type;
    private final List<ListedPattern> patterns;
    private final MethodPattern[] exclusions;
    /** What is known of each exclusion's type: null until it is asked for. */
    private final Boolean[] excluded;

    /** @param patterns those that mean the type */
    Selection(TypeShape type, List<ListedPattern> patterns, MethodPattern[] exclusions) {
        this.type = type;
        this.patterns = patterns;
        this.exclusions = exclusions;
        this.excluded = new Boolean[exclusions.length];
    }

    static boolean fitsAny(MethodPattern pattern, TypeShape type) {
        for (MethodShape method : type.methods()) {
            if (pattern.matches(method)) {
                return true;
            }
        }
        return false;
    }

    void into(List<Match> matches) {
        for (ListedPattern entry : patterns) {
            if (!fitsAny(entry.pattern(), type)) {
                entry.report().missed(type);
            }
        }
        for (MethodShape method : type.methods()) {
            ListedPattern winner = winner(method);
            if (winner == null) {
                continue;
            }
            if (isExcluded(method)) {
                takeDownExcluded(method);
                continue;
            }
            takeDownOutranked(method, winner);
            if (!method.isAbstract()) {
                matches.add(new Match(method, winner));
            } else if (winner.pattern().includesSubtypes()) {
                winner.report().declared(readable(method));
            } else {
                winner.report().notWoven(readable(method), NotWoven.ABSTRACT,
                        winner.pattern().withSubtypes() + ", which takes the types that implement it");
            }
        }
        dropBridges(matches);
    }

    private void takeDownExcluded(MethodShape method) {
        for (ListedPattern entry : patterns) {
            if (entry.pattern().matches(method)) {
                entry.report().excluded(readable(method));
            }
        }
    }

    private void takeDownOutranked(MethodShape method, ListedPattern winner) {
        for (ListedPattern entry : patterns) {
            if (entry != winner && entry.pattern().matches(method)) {
                entry.report().outranked(readable(method), winner);
            }
        }
    }

    private String readable(MethodShape method) {
        return MethodNames.readable(type.internalName(), method.name(), method.descriptor());
    }

    private ListedPattern winner(MethodShape method) {
        ListedPattern best = null;
        for (ListedPattern entry : patterns) {
            if (entry.pattern().matches(method)
                && (best == null || entry.pattern().isMoreSpecificThan(best.pattern()))) {
                best = entry;
            }
        }
        return best;
    }

    private boolean isExcluded(MethodShape method) {
        for (int i = 0; i < exclusions.length; i++) {
            MethodPattern exclusion = exclusions[i];
            if (exclusion.matches(method)) {
                if (excluded[i] == null) {
                    excluded[i] = exclusion.type().matches(type.internalName())
                            || exclusion.includesSubtypes() && type.hasSupertype(exclusion.type());
                }
                if (excluded[i]) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * A bridge that javac made for a covariant return type or a type variable only calls the method it stands for:
     * woven both, one call would show as two. A bridge without such a method, made to widen the access of an inherited
     * one, stays.
     */
    private static void dropBridges(List<Match> matches) {
        for (int i = matches.size() - 1; i >= 0; i--) {
            MethodShape bridge = matches.get(i).method();
            if (bridge.isBridge() && hasTarget(matches, bridge)) {
                matches.remove(i);
            }
        }
    }

    private static boolean hasTarget(List<Match> matches, MethodShape bridge) {
        for (Match match : matches) {
            MethodShape method = match.method();
            if (!method.isBridge() && method.name().equals(bridge.name())
                    && parameters(method.descriptor()) == parameters(bridge.descriptor())) {
                return true;
            }
        }
        return false;
    }

    private static int parameters(String descriptor) {
        int count = 0;
        int at = 1;
        while (descriptor.charAt(at) != ')') {
            while (descriptor.charAt(at) == '[') {
                at++;
            }
            at = descriptor.charAt(at) == 'L' ? descriptor.indexOf(';', at) + 1 : at + 1;
            count++;
        }
        return count;
    }
}
