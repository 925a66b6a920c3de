/**
 * Events for Java Flight Recorder: what is rare and telling, never what happens to each message of a healthy cluster.
 *
 * <p>Each event class has an instance that is never committed, to ask whether the event is recorded: that neither
 * allocates nor starts the recorder, and costs next to nothing where nothing is recorded.
 */
package io.plumtree.engine.events;
