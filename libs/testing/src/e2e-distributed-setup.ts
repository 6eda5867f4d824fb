process.env.CORDBOARD_SHAPE = 'distributed';
