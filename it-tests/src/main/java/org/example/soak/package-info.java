/** The application of the soak: everything at once. */
package org.example.soak;
