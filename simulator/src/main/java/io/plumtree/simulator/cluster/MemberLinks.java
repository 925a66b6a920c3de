package io.plumtree.simulator.cluster;

/** Is told of links between members; nodes are numbers. */
interface MemberLinks {
    /** Nobody is told. */
    MemberLinks NONE = new MemberLinks() {
        @Override
        public void onWanted(final int from, final int to) {
        }

        @Override
        public void onUnwanted(final int from, final int to) {
        }

        @Override
        public void onUp(final int a, final int b) {
        }

        @Override
        public void onDown(final int from, final int to) {
        }
    };

    /** A node has a new neighbour. */
    void onWanted(int from, int to);

    /** A node has a neighbour no more. */
    void onUnwanted(int from, int to);

    /** Two neighbours are connected. */
    void onUp(int a, int b);

    /** A node has noticed that a neighbour can't be reached. */
    void onDown(int from, int to);
}
