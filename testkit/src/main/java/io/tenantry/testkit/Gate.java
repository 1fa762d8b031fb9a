package io.tenantry.testkit;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets everyone pass while it is open. */
final class Gate {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();
  private boolean open = true;

  void pass() {
    lock.lock();
    try {
      while (!open) {
        opened.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  void set(boolean nowOpen) {
    lock.lock();
    try {
      open = nowOpen;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
