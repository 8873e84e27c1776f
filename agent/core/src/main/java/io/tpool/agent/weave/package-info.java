// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the hook to the pool into listed methods: class file transformers on the ASM that Byte Buddy carries.
 *
 * <p>{@link io.tpool.agent.weave.Weaver} is the entry. Two transformers share the work. {@code LoadTransformer} sees a
 * class once, before the JVM does: it gives native methods a Java method in front of them, and takes the monitor of
 * synchronized methods out of the JVM's hands where the hook must come first. {@code BodyTransformer} puts the hook
 * into the bodies of Java methods, at load time and in classes that are loaded already; it adds no member and no stack
 * frame.
 *
 * <p>Both ask cheap questions first. Whether a class can be listed at all is one lookup; what it declares is read from
 * its header without any library; only for a class with a listed method are the classes that know ASM loaded
 * ({@code ClassWeaver}, {@code ClassScan}).
 */
package io.tpool.agent.weave;
